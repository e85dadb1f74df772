/** Which package may import which; ARCHITECTURE.md explains why. */
const packages = {
  protocol: { allows: [], libraries: ['valibot'] },
  theme: { allows: [], libraries: [] },
  core: { allows: ['protocol'], libraries: ['nanostores'] },
  ui: { allows: ['theme'], libraries: ['preact'] },
  adapters: { allows: ['protocol', 'core'], libraries: ['nanostores'] },
  server: { allows: ['protocol'], libraries: null },
  widget: { allows: ['protocol', 'core', 'ui', 'theme', 'adapters'], libraries: ['preact', 'nanostores'] },
  console: { allows: ['protocol', 'core', 'adapters', 'ui', 'theme'], libraries: ['preact', 'nanostores', '@nanostores/preact'] }
}
const tests = '\\.test\\.(ts|tsx)$|/test/'

const layering = Object.entries(packages).map(([name, { allows }]) => ({
  name: `${name}-imports-only-below`,
  comment: `${name} may import ${allows.join(', ') || 'no other package'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src`, pathNot: tests },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...allows].join('|')})/` }
}))

const libraries = Object.entries(packages)
  .filter(([, { libraries }]) => libraries !== null)
  .map(([name, { libraries }]) => ({
    name: `${name}-libraries`,
    comment: `${name} may use ${libraries.join(', ') || 'no library'}`,
    severity: 'error',
    from: { path: `^packages/${name}/src`, pathNot: tests },
    to: { path: 'node_modules/', pathNot: libraries.length > 0 ? `node_modules/(${libraries.join('|')})/` : '^$' }
  }))

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-node-in-pages',
      severity: 'error',
      from: { path: '^packages/(protocol|core|adapters|theme|ui|widget|console)/src', pathNot: tests },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'adapters-only-in-entries',
      comment: 'only the script tag names a backend; mountChat is handed one',
      severity: 'error',
      from: { path: '^packages/widget/src', pathNot: `^packages/widget/src/entry/|${tests}` },
      to: { path: '^packages/adapters/' }
    },
    {
      name: 'adapters-know-core-by-type',
      severity: 'error',
      from: { path: '^packages/adapters/src', pathNot: tests },
      to: { path: '^packages/core/', dependencyTypesNot: ['type-only'] }
    },
    { name: 'no-unresolved', severity: 'error', from: { path: '^packages/[^/]+/src' }, to: { couldNotResolve: true } },
    ...layering,
    ...libraries
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['@porchlight/source', 'import', 'types', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css']
    },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'dist/' }
  }
}
