import { environment } from './environment.mjs'
import { addFinding, readFindings } from './evidence.mjs'

/** @typedef {{ name: string, run: (seed: string) => Promise<import('../gates/gates.mjs').Result> }} Part */

/**
 * Runs the parts that these sources have not passed yet, writes down each as it ends, and goes on after a failure: a long run shall
 * show all that is wrong.
 *
 * @param {readonly Part[]} parts
 * @param {{ path: string, commit: string, sources: string, seed: string, print: (line: string) => void, now?: () => number, here?: import('./environment.mjs').Environment }} options
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runParts(parts, { path, commit, sources, seed, print, now = Date.now, here = environment() }) {
  // A run that was stopped goes on under its seed.
  const seedOfAll = Object.values(readFindings(path, sources))[0]?.seed ?? seed
  for (const { name, run } of parts) {
    const known = readFindings(path, sources)[name]
    if (known?.failed === 0) {
      print(`kept ${name.padEnd(16)} ${known.note}, of ${known.date}`)
      continue
    }
    const startMs = now()
    const result = await run(seedOfAll).catch((error) => ({ passed: 0, failed: 1, say: String(error?.message ?? error) }))
    const failed = result.failed > 0 || result.passed === 0 ? Math.max(result.failed, 1) : 0
    const note = ('note' in result && result.note) || `${result.passed} passed`
    const seconds = Math.round((now() - startMs) / 1_000)
    const date = new Date(startMs).toISOString()
    addFinding(path, name, { passed: result.passed, failed, note, commit, sources, seed: seedOfAll, date, seconds, environment: here })
    print(`${failed > 0 ? 'FAIL' : 'ok  '} ${name.padEnd(16)} ${String(seconds).padStart(6)} s  ${failed > 0 ? '' : note}`.trimEnd())
    if (failed > 0) print(result.say || 'nothing ran')
  }
  const findings = readFindings(path, sources)
  const found = parts.flatMap(({ name }) => findings[name] ?? [])
  return { passed: sum(found.map((each) => each.passed)), failed: sum(found.map((each) => each.failed)) }
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0)
}
