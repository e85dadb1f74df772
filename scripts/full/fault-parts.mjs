// The layers of faults at a length that `npm test` has no time for.
import { capture } from '../gates/run-tool.mjs'

/** Runs of each layer; together about two hours on two cores. */
const runs = { sim: 20_000, proxy: 300, process: 200, browser: 30 }

/** @type {readonly import('./run-parts.mjs').Part[]} */
export const faultParts = Object.entries(runs).map(([layer, count]) => ({
  name: `faults ${layer}`,
  run: async (seed) => {
    const { output } = await capture(['scripts/faults.mjs', '--layer', layer, '--seed', seed, '--runs', String(count)])
    return readResult(output)
  }
}))

/** A run of a layer ends in one line of counts. @param {string} output @returns {import('../gates/gates.mjs').Result} */
export function readResult(output) {
  const last = output.trim().split('\n').at(-1) ?? ''
  const counts = Object.fromEntries(last.split(' ').map((each) => each.split('=')))
  const [done, violations] = [Number(counts['runs']), Number(counts['violations'])]
  if (!Number.isInteger(done) || !Number.isInteger(violations)) return { passed: 0, failed: 1, say: output }
  return { passed: done - violations, failed: violations, note: last, say: output }
}
