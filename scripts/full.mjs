// `npm run test:full [-- PART …]`: every gate in its long form, then the faults, as often as it takes to meet what is rare. What was found stands in
// `docs/evidence.json`; a run that was stopped goes on where it was, as long as the sources are the same.
import { commitId, sourcesId } from './full/sources-id.mjs'
import { ensureInstalled } from './install.mjs'

const named = process.argv.slice(2)

try {
  ensureInstalled()
  const { gates } = await import('./gates/gates.mjs')
  const { faultParts } = await import('./full/fault-parts.mjs')
  const { runParts } = await import('./full/run-parts.mjs')
  const all = [...gates({ isFull: true }), ...faultParts]
  const unknown = named.filter((name) => !all.some((part) => part.name === name))
  if (unknown.length > 0) throw new Error(`no part is called ${unknown.join(', ')}; there are: ${all.map(({ name }) => name).join(', ')}`)
  const chosen = all.filter(({ name }) => named.length === 0 || named.includes(name))
  const sources = sourcesId()
  const seed = process.env['PORCHLIGHT_TEST_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31))
  const { passed, failed } = await runParts(chosen, { path: 'docs/evidence.json', commit: commitId(), sources, seed, print: console.log })
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
} catch (error) {
  console.log(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
