// Real sockets and HTTP through proxies that break.
import { loadLayer } from '../load-layer.mjs'

/** @param {import('../load-layer.mjs').LayerOptions} options @returns {Promise<import('../load-layer.mjs').LayerResult>} */
export async function run(options) {
  return (await loadLayer('proxy-layer.ts')).runProxyLayer(options)
}
