// Loads a source module in plain Node, and everything of ours that it imports, each in its own place; if asked with changes in the text of some of them.
import { resolve } from 'node:path'
import { runnerImport } from 'vite'
import { changeSources } from './change-sources.mjs'

/**
 * @param {string} file Path from the repository's root. @param {readonly import('./change-sources.mjs').Change[]} [changes]
 * @returns {Promise<Record<string, unknown>>} The module's exports.
 * @throws {Error} When a change fits nowhere.
 */
export async function loadSources(file, changes = []) {
  const { plugin, expectAllMade } = changeSources(changes)
  // Our own packages, too, come from their sources: nothing has to be built before.
  const inline = { resolve: { conditions: ['@porchlight/source'], noExternal: [/^@porchlight\//] } }
  const { module } = await runnerImport(resolve(file), { configFile: false, logLevel: 'error', plugins: [plugin], environments: { inline } })
  expectAllMade()
  return /** @type {Record<string, unknown>} */ (module)
}
