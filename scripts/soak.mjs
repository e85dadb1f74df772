// `npm run soak [-- --minutes M --seed S --clients N]`: real servers and many real clients under a fault every five seconds; at the end everything has to be as
// promised, and memory not to have grown. The same seed draws the same faults; when they strike whom is the machine's.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled } from './install.mjs'

const minutesMax = 120
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    clients: { type: 'string', default: '100' },
    // The clients' clock, for the test of the soak itself.
    speed: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false }
  }
})
process.exitCode = await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})

/** @returns {Promise<0 | 1>} */
async function main() {
  const minutes = numberOf('minutes', values.minutes, minutesMax)
  const [seed, clients, speed] = [numberOf('seed', values.seed), numberOf('clients', values.clients, 2_000), numberOf('speed', values.speed)]
  ensureInstalled()
  const { build } = await import('./build.mjs')
  const { bundle } = await import('./faults/load-changed.mjs')
  const { withSources } = await import('./faults/with-sources.mjs')
  const { report } = await import('./soak/report.mjs')
  build()
  // Beside the packages, so that third parties are found.
  const folder = mkdtempSync(resolve('node_modules/.soak-'))
  try {
    const crowdFile = join(folder, 'crowd.mjs')
    writeFileSync(crowdFile, await bundle('packages/e2e/soak/crowd-process.ts'))
    const print = values.verbose ? console.log : (/** @type {string} */ line) => /kept/.test(line) && console.log(line)
    const options = { minutes, seed, clients, speed, crowdFile, print }
    const result = await withSources('packages/e2e/soak/run-soak.ts', ({ runSoak }) => runSoak(options))
    return report({ minutes, seed, clients, ...result }, console.log)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} name @param {string} text @param {number} [max] */
function numberOf(name, text, max = Number.MAX_SAFE_INTEGER) {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0) || number > max) throw new Error(`--${name} is a number up to ${max}, not ${text}`)
  return number
}
