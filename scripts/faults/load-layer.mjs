// Runs a layer that is TypeScript, from plain Node.
import { withSources } from './with-sources.mjs'

/**
 * @typedef {import('../../packages/e2e/faults/layer.js').LayerOptions} Options
 * @typedef {import('../../packages/e2e/faults/layer.js').LayerResult} Result
 */

/**
 * @param {{ file: string, name: string, layer: string, runs: number }} module `file` in `packages/e2e/faults`, `name` of what it exports; `runs` where none are asked for.
 * @param {import('./run-layer.mjs').LayerOptions} options @returns {Promise<import('./run-layer.mjs').LayerResult>}
 */
export async function loadAndRun({ file, name, layer, runs: fewRuns }, { seed, runs = fewRuns }) {
  const { steps, violations, history, failedSeed } = await withSources(`packages/e2e/faults/${file}`, (module) => {
    const run = /** @type {Record<string, (options: Options) => Promise<Result>>} */ (module)[name]
    if (!run) throw new Error(`${file} has no ${name}`)
    return run({ seed, runs })
  })
  if (failedSeed === undefined) return { runs, steps, violations }
  return {
    ...{ runs: failedSeed - seed + 1, steps, violations },
    history: history.map((entry) => JSON.stringify(entry)).join('\n'),
    shrunk: `npm run faults -- --layer ${layer} --seed ${failedSeed} --runs 1`
  }
}
