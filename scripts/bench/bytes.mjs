// Bytes of what a page downloads, brotli 11, each file on its own; beside them the floors, bundled in this run.
import { brotliCompressSync } from 'node:zlib'
import nodeResolve from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'
import typescript from '@rollup/plugin-typescript'
import { rollup } from 'rollup'
import { bundleNpmCore } from '../build/npm-core.mjs'
import { measure } from '../gates/sizes.mjs'

/** @returns {Promise<import('./table.mjs').Row[]>} */
export async function measureBytes() {
  await bundleNpmCore()
  const loader = await floor('loader.ts', 'iife')
  const panel = await floor('panel.tsx', 'es')
  const npmCore = await floor('npm-core.ts', 'es')
  const floors = /** @type {Record<string, number>} */ ({ loader, 'until usable': loader + panel, 'npm core': npmCore })
  return measure().map(({ name, size, sizeLimit, passed }) => ({
    what: name,
    value: size,
    unit: 'B brotli',
    cap: sizeLimit,
    floor: floors[name] ?? null,
    isWithin: passed
  }))
}

/** @param {string} file @param {'iife' | 'es'} format */
async function floor(file, format) {
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
  return brotliCompressSync(output[0].code).length
}
