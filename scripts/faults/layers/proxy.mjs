// Real sockets and HTTP through proxies that break, against a real server; the clocks of both sides run ahead.
import { loadAndRun } from '../load-layer.mjs'

/** @param {import('../run-layer.mjs').LayerOptions} options @returns {Promise<import('../run-layer.mjs').LayerResult>} */
export function run(options) {
  return loadAndRun({ file: 'proxy-layer.ts', name: 'runProxyLayer', layer: 'proxy', runs: 20 }, options)
}
