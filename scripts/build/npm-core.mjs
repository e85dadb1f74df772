// What a frontend team pays for `createChat` with our adapter: their import, bundled and minified as they would.

import nodeResolve from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'

const imports = `export { createChat } from '@porchlight/core'\nexport { porchlightAdapter } from '@porchlight/adapters/porchlight'\n`

/** Writes `.cache/npm-core.js` from the built packages; code that is loaded only when needed goes to files of its own beside it. */
export async function bundleNpmCore() {
  const bundle = await rollup({
    input: 'imports',
    plugins: [
      {
        name: 'imports',
        resolveId: (id) => (id === 'imports' ? `${process.cwd()}/packages/e2e/imports.js` : null),
        load: (id) => (id.endsWith('e2e/imports.js') ? imports : null)
      },
      replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"' } }),
      nodeResolve(),
      terser({ module: true, ecma: 2020, compress: { passes: 3 } })
    ]
  })
  await bundle.write({ dir: '.cache', format: 'es', entryFileNames: 'npm-core.js', chunkFileNames: 'npm-core-[name].js' })
}
