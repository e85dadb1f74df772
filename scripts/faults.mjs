// `npm run faults -- --layer NAME [--seed S] [--runs N]`: runs one layer of the fault tests and judges its histories. A run that breaks a promise is
// printed with its history and the shortest form of it; the last line sums up. The same seed repeats the same runs.
import { parseArgs } from 'node:util'
import { ensureInstalled } from './install.mjs'

const { values } = parseArgs({
  options: { layer: { type: 'string', default: 'sim' }, seed: { type: 'string' }, runs: { type: 'string' } }
})
process.exitCode = await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})

/** @returns {Promise<0 | 1>} */
async function main() {
  ensureInstalled()
  const { runLayer } = await import('./faults/run-layer.mjs')
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : numberOf('seed', values.seed)
  const runs = values.runs === undefined ? undefined : numberOf('runs', values.runs)
  return runLayer(values.layer, { seed, runs }, console.log)
}

/** @param {string} name @param {string} text */
function numberOf(name, text) {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || text.trim() === '') throw new Error(`--${name} is a whole number, not ${text}`)
  return number
}
