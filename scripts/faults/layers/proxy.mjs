// Real sockets and HTTP through proxies that break, against a real server; the clocks of both sides run ahead. What people write, who is home, and who may hear of it.
import { loadAndRun } from '../load-layer.mjs'

/** @param {import('../run-layer.mjs').LayerOptions} options @returns {Promise<import('../run-layer.mjs').LayerResult>} */
export function run(options) {
  return loadAndRun({ file: 'sockets-layer.ts', name: 'runSocketsLayer', layer: 'proxy', runs: 20 }, options)
}
