// Bytes of what a page downloads, brotli 11, each file on its own; beside them the floors, bundled in this run.
import { brotliCompressSync } from 'node:zlib'
import { bundleNpmCore } from '../build/npm-core.mjs'
import { measure } from '../gates/sizes.mjs'
import { bundleFloor } from './bundle-floor.mjs'

/** @returns {Promise<import('./table.mjs').Row[]>} */
export async function measureBytes() {
  await bundleNpmCore()
  const loader = brotliBytes(await bundleFloor('loader.ts', 'iife'))
  const panel = brotliBytes(await bundleFloor('panel.tsx', 'es'))
  const npmCore = brotliBytes(await bundleFloor('npm-core.ts', 'es'))
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

/** @param {string} code */
function brotliBytes(code) {
  return brotliCompressSync(code).length
}
