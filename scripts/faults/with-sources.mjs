// Runs a source module in plain Node, and everything of ours that it imports, each in its own place; if asked with changes in the text of some of them.
import { resolve } from 'node:path'
import { createServer } from 'vite'
import { changeSources } from './change-sources.mjs'

/**
 * @template T
 * @param {string} file Path from the repository's root.
 * @param {(module: any) => Promise<T>} use What is done with its exports; what they import later is there until it ends.
 * @param {readonly import('./change-sources.mjs').Change[]} [changes]
 * @returns {Promise<T>}
 * @throws {Error} When a change fits nowhere.
 */
export async function withSources(file, use, changes = []) {
  const { plugin, expectAllMade } = changeSources(changes)
  const conditions = ['@porchlight/source']
  const vite = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    plugins: [plugin],
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
    resolve: { conditions },
    // Our own packages, too, come from their sources: nothing has to be built before.
    ssr: { noExternal: [/^@porchlight\//], resolve: { conditions } }
  })
  try {
    const module = await vite.ssrLoadModule(resolve(file))
    expectAllMade()
    return await use(module)
  } finally {
    await vite.close()
  }
}
