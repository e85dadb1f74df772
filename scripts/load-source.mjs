// Loads a module of the protocol's source in plain Node: bundled in memory, third parties left to Node.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import nodeResolve from '@rollup/plugin-node-resolve'
import typescript from '@rollup/plugin-typescript'
import { rollup } from 'rollup'

/** @param {string} file Path from the repository's root. @returns {Promise<any>} The module's exports. */
export async function loadSource(file) {
  const bundle = await rollup({
    input: resolve(file),
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('@porchlight/'),
    plugins: [
      nodeResolve({ exportConditions: ['@porchlight/source'], extensions: ['.ts', '.tsx', '.js'] }),
      typescript({ tsconfig: 'scripts/gen/tsconfig.json' })
    ]
  })
  const { output } = await bundle.generate({ format: 'es' })
  const folder = mkdtempSync(resolve('node_modules/.load-'))
  try {
    const path = join(folder, 'module.mjs')
    writeFileSync(path, output[0].code)
    return await import(pathToFileURL(path).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
