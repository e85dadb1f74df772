// Chromium on a way that breaks: reloaded in the moment of sending, offline, killed, with a wrong clock.
import { build } from '../../build.mjs'
import { loadAndRun } from '../load-layer.mjs'

/** @param {import('../run-layer.mjs').LayerOptions} options @returns {Promise<import('../run-layer.mjs').LayerResult>} */
export function run(options) {
  build()
  return loadAndRun({ file: 'browser-layer.ts', name: 'runBrowserLayer', layer: 'browser', runs: 3 }, options)
}
