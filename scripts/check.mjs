// `npm test`: every gate in order, cheapest first, one line each; stops at the first that fails.
// Ends in `N passed, N failed`, counting each gate that runs no tests as one and each test of the others.
import { ensureInstalled } from './install.mjs'

const isFull = process.argv.includes('--full')
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)
const total = { passed: 0, failed: 0 }

try {
  ensureInstalled()
  const { gates } = await import('./gates/gates.mjs')
  for (const gate of gates({ isFull })) {
    if (only && gate.name !== only) continue
    const failed = await runGate(gate)
    if (failed) break
  }
} catch (error) {
  total.failed++
  console.error(error instanceof Error ? error.message : error)
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

/** @param {import('./gates/gates.mjs').Gate} gate @returns {Promise<boolean>} Whether it failed. */
async function runGate({ name, run }) {
  const start = performance.now()
  /** @type {import('./gates/gates.mjs').Result} */
  const result = await run().catch((error) => ({ passed: 0, failed: 1, say: error instanceof Error ? error.message : String(error) }))
  const hasFailed = result.failed > 0 || result.passed === 0
  total.passed += result.passed
  total.failed += hasFailed ? Math.max(result.failed, 1) : 0
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(
    `${hasFailed ? 'FAIL' : 'ok  '} ${name.padEnd(12)} ${seconds.padStart(6)} s  ${hasFailed ? '' : (result.note ?? `${result.passed} passed`)}`
  )
  if (hasFailed) console.log(result.say ?? 'nothing ran')
  return hasFailed
}
