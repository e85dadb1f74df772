import nodeResolve from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'
import typescript from '@rollup/plugin-typescript'
import { rollup } from 'rollup'

/** A floor as a page would get it. @param {string} file @param {'iife' | 'es'} format @returns {Promise<string>} */
export async function bundleFloor(file, format) {
  const bundle = await rollup({
    input: `scripts/bench/floors/${file}`,
    external: ['./panel.js'],
    plugins: [
      replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"' } }),
      nodeResolve(),
      typescript({ tsconfig: 'scripts/bench/tsconfig.json' }),
      terser({ module: format === 'es', ecma: 2020, compress: { passes: 3 } })
    ]
  })
  const { output } = await bundle.generate({ format })
  return output[0].code
}
