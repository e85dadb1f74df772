import { environment } from './environment.mjs'
import { readEvidence, writeEvidence } from './evidence.mjs'

/** @typedef {{ name: string, run: (seed: string) => Promise<import('../gates/gates.mjs').Result> }} Part */

/**
 * Runs the parts that these sources have not passed yet, writes down each as it ends, and goes on after a failure: a long run shall
 * show all that is wrong.
 *
 * @param {readonly Part[]} parts
 * @param {{ path: string, sources: string, seed: string, print: (line: string) => void, now?: () => number, here?: import('./environment.mjs').Environment }} options
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runParts(parts, { path, sources, seed, print, now = Date.now, here = environment() }) {
  let evidence = readEvidence(path, { sources, seed })
  for (const { name, run } of parts) {
    const known = evidence.parts[name]
    if (known?.failed === 0) {
      print(`kept ${name.padEnd(16)} ${known.note}, of ${known.date}`)
      continue
    }
    const startMs = now()
    const result = await run(evidence.seed).catch((error) => ({ passed: 0, failed: 1, say: String(error?.message ?? error) }))
    const failed = result.failed > 0 || result.passed === 0 ? Math.max(result.failed, 1) : 0
    const note = ('note' in result && result.note) || `${result.passed} passed`
    const seconds = Math.round((now() - startMs) / 1_000)
    // Read again: others may have run other parts meanwhile.
    evidence = readEvidence(path, { sources, seed: evidence.seed })
    evidence.parts[name] = { passed: result.passed, failed, note, date: new Date(startMs).toISOString(), seconds, environment: here }
    writeEvidence(path, evidence)
    print(`${failed > 0 ? 'FAIL' : 'ok  '} ${name.padEnd(16)} ${String(seconds).padStart(6)} s  ${failed > 0 ? '' : note}`.trimEnd())
    if (failed > 0) print(result.say || 'nothing ran')
  }
  const found = parts.flatMap(({ name }) => evidence.parts[name] ?? [])
  return { passed: sum(found.map((each) => each.passed)), failed: sum(found.map((each) => each.failed)) }
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0)
}
