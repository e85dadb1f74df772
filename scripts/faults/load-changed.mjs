// Loads a source module in plain Node with everything of ours that it imports, if asked with changes in the text of some of them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

/**
 * A change of a source: in `file`, `text` becomes `by`.
 * @typedef {{ file: string, text: string, by: string }} Change
 */

/**
 * @param {string} file Path from the repository's root. @param {readonly Change[]} [changes] @returns {Promise<any>} The module's exports.
 * @throws {Error} When a change fits nowhere: then the source has moved on, and the change must too.
 */
export async function loadChanged(file, changes = []) {
  const left = new Set(changes)
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'porchlight-changes',
        enforce: 'pre',
        transform(code, id) {
          let changed = code
          for (const change of changes) {
            if (!id.endsWith(change.file) || !changed.includes(change.text)) continue
            changed = changed.replace(change.text, () => change.by)
            left.delete(change)
          }
          return changed === code ? null : changed
        }
      }
    ],
    resolve: { conditions: ['@porchlight/source'] },
    ssr: { noExternal: [/^@porchlight\//], resolve: { conditions: ['@porchlight/source'] } },
    build: { ssr: resolve(file), write: false, minify: false, rollupOptions: { output: { codeSplitting: false } } }
  })
  for (const { file: name, text } of left) throw new Error(`${name} does not contain: ${text}`)
  const output = Array.isArray(result) ? result[0] : result
  if (!output || !('output' in output)) throw new Error(`${file} was not built`)
  return importText(output.output[0].code)
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
