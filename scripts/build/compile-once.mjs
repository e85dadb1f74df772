// TypeScript for all builds of one run: the program is made once, then every build takes its modules from it.
import typescript from '@rollup/plugin-typescript'

/** Types are checked by a gate of their own; here TypeScript only turns source into JavaScript. @returns {() => import('rollup').Plugin} */
export function compileOnce() {
  const compiler = /** @type {any} */ (typescript({ tsconfig: 'scripts/build/tsconfig.json' }))
  let hasCompiled = false
  return () => ({
    ...compiler,
    buildStart(/** @type {import('rollup').NormalizedInputOptions} */ options) {
      if (hasCompiled) return
      hasCompiled = true
      compiler.buildStart.call(this, options)
      compiler.buildEnd.call(this)
    },
    buildEnd() {}
  })
}
