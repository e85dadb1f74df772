// Loads a source module in plain Node with everything of ours that it imports, if asked with changes in the text of some of them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { changeSources } from './change-sources.mjs'

/**
 * @param {string} file Path from the repository's root. @param {readonly import('./change-sources.mjs').Change[]} [changes] @returns {Promise<any>} The module's exports.
 * @throws {Error} When a change fits nowhere: then the source has moved on, and the change must too.
 */
export async function loadChanged(file, changes = []) {
  return importText(await bundle(file, changes))
}

/**
 * A module with everything of ours that it imports as the text of one file, which finds its third parties where it lies beside them.
 * @param {string} file Path from the repository's root. @param {readonly import('./change-sources.mjs').Change[]} [changes]
 */
export async function bundle(file, changes = []) {
  const { plugin, expectAllMade } = changeSources(changes)
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [plugin],
    resolve: { conditions: ['@porchlight/source'] },
    ssr: { noExternal: [/^@porchlight\//], resolve: { conditions: ['@porchlight/source'] } },
    build: { ssr: resolve(file), write: false, minify: false, rollupOptions: { output: { codeSplitting: false } } }
  })
  expectAllMade()
  const output = Array.isArray(result) ? result[0] : result
  if (!output || !('output' in output)) throw new Error(`${file} was not built`)
  return output.output[0].code
}

/** @param {string} code */
async function importText(code) {
  // Beside the packages, so that third parties are found.
  const folder = mkdtempSync(resolve('node_modules/.load-'))
  try {
    const path = join(folder, 'module.mjs')
    writeFileSync(path, code)
    return await import(pathToFileURL(path).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
