// The built server, killed at each point of its work.
import { build } from '../../build.mjs'
import { loadAndRun } from '../load-layer.mjs'

/** @param {import('../run-layer.mjs').LayerOptions} options @returns {Promise<import('../run-layer.mjs').LayerResult>} */
export function run(options) {
  build()
  return loadAndRun({ file: 'process-layer.ts', name: 'runProcessLayer', layer: 'process', runs: 5 }, options)
}
