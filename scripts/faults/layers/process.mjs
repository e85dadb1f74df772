// The built server, killed at each point of its work.
import { build } from '../../build.mjs'
import { loadLayer } from '../load-layer.mjs'

/** @param {import('../load-layer.mjs').LayerOptions} options @returns {Promise<import('../load-layer.mjs').LayerResult>} */
export async function run(options) {
  build()
  return (await loadLayer('process-layer.ts')).runProcessLayer(options)
}
