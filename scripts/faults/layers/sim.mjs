// Whole worlds in one process and on one clock: pages, consoles, a faulty network, a server that is killed and restored.
import { loadChanged } from '../load-changed.mjs'

const defaultRuns = 2_000
const maxSteps = 100

/** @param {import('../run-layer.mjs').LayerOptions} options @returns {Promise<import('../run-layer.mjs').LayerResult>} */
export async function run({ seed, runs = defaultRuns }) {
  const { simulateAll } = await loadChanged('packages/adapters/test/simulation/simulate.ts')
  const { runs: done, steps, failure } = await simulateAll({ seed, runs, maxSteps })
  return {
    runs: done,
    steps,
    violations: failure?.violations ?? [],
    ...(failure
      ? {
          history: failure.history.map((/** @type {object} */ entry) => JSON.stringify(entry)).join('\n'),
          shrunk: `runOnce(${failure.seed}, ${JSON.stringify(failure.steps)})`
        }
      : {})
  }
}
