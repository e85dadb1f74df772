// The layers of faults at a length that `npm test` has no time for.
import { capture } from '../gates/run-tool.mjs'

/** Runs of each layer; together about half an hour on two cores. */
const runs = { sim: 10_000, proxy: 150, process: 100, browser: 15 }

const soakMinutes = 10

/** @type {readonly import('./run-parts.mjs').Part[]} */
export const faultParts = [
  ...Object.entries(runs).map(([layer, count]) => ({
    name: `faults ${layer}`,
    run: async (/** @type {string} */ seed) => {
      const { output } = await capture(['scripts/faults.mjs', '--layer', layer, '--seed', seed, '--runs', String(count)])
      return readResult(output)
    }
  })),
  {
    name: 'soak',
    run: async (seed) => {
      const { output, code } = await capture(['scripts/soak.mjs', '--minutes', String(soakMinutes), '--seed', seed])
      return readSoak(output, code)
    }
  }
]

/** A soak counts as one check; its exit code also holds the memory. @param {string} output @param {number | null} code @returns {import('../gates/gates.mjs').Result} */
export function readSoak(output, code) {
  const last = output.trim().split('\n').at(-1) ?? ''
  // Anything else is an error's, and may name a path.
  const note = last.startsWith('soak ') ? last : ''
  return code === 0 && note !== '' ? { passed: 1, failed: 0, note } : { passed: 0, failed: 1, note, say: output }
}

/** A run of a layer ends in one line of counts. @param {string} output @returns {import('../gates/gates.mjs').Result} */
export function readResult(output) {
  const last = output.trim().split('\n').at(-1) ?? ''
  const counts = Object.fromEntries(last.split(' ').map((each) => each.split('=')))
  const [done, violations] = [Number(counts['runs']), Number(counts['violations'])]
  if (!Number.isInteger(done) || !Number.isInteger(violations)) return { passed: 0, failed: 1, say: output }
  return { passed: done - violations, failed: violations, note: last, say: output }
}
