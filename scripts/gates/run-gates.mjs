/** @typedef {{ passed: number, failed: number }} Total */

/**
 * Runs gates in order, one line each, and stops at the first that fails. A gate that throws, or that looked at nothing, has failed.
 * @param {readonly import('./gates.mjs').Gate[]} gates @param {(line: string) => void} print @returns {Promise<Total>}
 */
export async function runGates(gates, print) {
  const total = { passed: 0, failed: 0 }
  for (const { name, run } of gates) {
    const start = performance.now()
    const result = await runGate(run)
    const hasFailed = result.failed > 0 || result.passed === 0
    total.passed += result.passed
    total.failed += hasFailed ? Math.max(result.failed, 1) : 0
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    const say = hasFailed ? '' : (result.note ?? `${result.passed} passed`)
    print(`${hasFailed ? 'FAIL' : 'ok  '} ${name.padEnd(12)} ${seconds.padStart(6)} s  ${say}`.trimEnd())
    if (!hasFailed) continue
    print(result.say || 'nothing ran')
    break
  }
  return total
}

/** @param {import('./gates.mjs').Gate['run']} run @returns {Promise<import('./gates.mjs').Result>} */
async function runGate(run) {
  try {
    return await run()
  } catch (error) {
    return { passed: 0, failed: 1, say: error instanceof Error ? error.message : String(error) }
  }
}
