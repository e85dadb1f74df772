// `npm test`: every gate in order, cheapest first, one line each; stops at the first that fails.
// Ends in `N passed, N failed`, counting each gate that runs no tests as one and each test of the others.
import { ensureInstalled } from './install.mjs'

const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)

const { passed, failed } = await check().catch((error) => {
  console.log(error instanceof Error ? error.message : error)
  return { passed: 0, failed: 1 }
})
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

async function check() {
  ensureInstalled()
  const { gates } = await import('./gates/gates.mjs')
  const { runGates } = await import('./gates/run-gates.mjs')
  const all = gates({ isFull: false })
  const chosen = all.filter(({ name }) => !only || name === only)
  if (chosen.length === 0) throw new Error(`no gate is called ${only}; there are: ${all.map(({ name }) => name).join(', ')}`)
  return runGates(chosen, console.log)
}
