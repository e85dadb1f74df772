import { readdirSync } from 'node:fs'

/**
 * What a layer has done. `history` are JSON lines of the run that failed; `shrunk` says how to make it again.
 * @typedef {{ runs: number, steps: number, violations: readonly { invariant: string, entry: number, message: string }[], history?: string, shrunk?: string }} LayerResult
 * @typedef {{ seed: number, runs?: number | undefined }} LayerOptions
 * @typedef {{ run: (options: LayerOptions) => Promise<LayerResult> }} Layer
 */

const folder = new URL('./layers/', import.meta.url)

/** Names of all layers: each is a file in `layers/` that exports `run`. */
export function layerNames() {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.replace('.mjs', ''))
}

/**
 * Runs a layer and prints what it found; the last line is its sum.
 * @param {string} name @param {LayerOptions} options @param {(line: string) => void} print @returns {Promise<0 | 1>} The exit code.
 * @throws {Error} When there is no such layer.
 */
export async function runLayer(name, options, print) {
  if (!layerNames().includes(name)) throw new Error(`no layer is called ${name}; there are: ${layerNames().join(', ')}`)
  const { run } = /** @type {Layer} */ (await import(new URL(`${name}.mjs`, folder).href))
  return report(name, options.seed, await run(options), print)
}

/** @param {string} name @param {number} seed @param {LayerResult} result @param {(line: string) => void} print @returns {0 | 1} */
export function report(name, seed, { runs, steps, violations, history, shrunk }, print) {
  if (violations.length > 0) {
    if (history) print(history.trimEnd())
    if (shrunk) print(`made again by: ${shrunk}`)
    for (const { invariant, entry, message } of violations) print(`${invariant} at entry ${entry}: ${message}`)
  }
  print(`layer=${name} seed=${seed} runs=${runs} steps=${steps} violations=${violations.length}`)
  return violations.length > 0 || runs === 0 ? 1 : 0
}
