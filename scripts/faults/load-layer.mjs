// Loads a layer of the fault runs, which is TypeScript, into plain Node.
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

/** @typedef {import('../../packages/e2e/faults/layer.js').LayerOptions} LayerOptions */
/** @typedef {import('../../packages/e2e/faults/layer.js').LayerResult} LayerResult */

/** @param {string} file In `packages/e2e/faults`. @returns {Promise<any>} The module's exports. */
export async function loadLayer(file) {
  const { module } = await runnerImport(resolve('packages/e2e/faults', file), {
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@porchlight/source'] },
    ssr: { resolve: { conditions: ['@porchlight/source'] } }
  })
  return module
}
