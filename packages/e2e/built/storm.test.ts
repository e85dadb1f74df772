import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { bundle } from '../../../scripts/faults/load-changed.mjs'
import { databaseFaults } from '../faults/database-faults.js'
import { roomyLimits } from '../faults/roomy-limits.js'
import { startAsked } from '../harness/asked-process.js'
import { startServer } from '../harness/server-process.js'
import type { StormReport } from '../storm/storm-crowd.js'
import type { StormQuestion } from '../storm/storm-process.js'

/** 5,000 is the long form; each takes a descriptor here and one in the server. */
const crowd = Number(process.env['PORCHLIGHT_TEST_CROWD'] ?? 300)
const isLong = crowd >= 2_000
/** 5,000 whole clients are more than one thread has time for: it would be the crowd that is measured. */
const processes = isLong ? 2 : 1
/** A few have fast clocks and a server that stays away: by then their waits are long, and chance alone puts no twentieth of them into one bucket. */
const speed = isLong ? 1 : 3
const downMs = isLong ? 1_000 : 6_000
const limits = { ...roomyLimits, pagesPerAddress: { count: 100_000, perMs: 1_000 }, messagesPerAddress: { count: 100_000, perMs: 1_000 } }

type Ask = (question: StormQuestion) => Promise<readonly unknown[]>

/** Starts the crowd; what is asked is asked of all its processes at once. */
async function startCrowd(): Promise<Ask> {
  // Beside the packages, so that third parties are found.
  const folder = mkdtempSync(resolve('node_modules/.storm-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'crowd.mjs')
  writeFileSync(file, await bundle('packages/e2e/storm/storm-process.ts'))
  const parts = Array.from({ length: processes }, () => startAsked(file))
  onTestFinished(async () => void (await Promise.all(parts.map(({ close }) => close()))))
  return (question) => Promise.all(parts.map(({ ask }) => ask(question)))
}

it(`T27: SIGKILL with a crowd of ${crowd}: they come back spread out, all catch up within 15 s, and nothing that was written meanwhile is lost or doubled`, async () => {
  const server = await startServer({ PORCHLIGHT_LIMITS: JSON.stringify(limits) })
  onTestFinished(server.stop)
  const ask = await startCrowd()
  await ask({ ask: 'gather', options: { server: server.url, size: crowd / processes, speed } })

  await ask({ ask: 'brace' })
  await server.kill()
  await ask({ ask: 'write', downMs })
  await server.restart()
  const up = performance.now()
  const reports = (await ask({ ask: 'come back' })) as readonly StormReport[]
  expect(performance.now() - up).toBeLessThan(15_000)

  const triedAfterMs = reports.flatMap((report) => report.triedAfterMs)
  expect(triedAfterMs).toHaveLength(crowd)
  expect(fullest(triedAfterMs)).toBeLessThanOrEqual(0.05 * crowd)
  expect(reports.flatMap(({ astray }) => astray)).toEqual([])
  await server.kill()
  expect(databaseFaults(server.data)).toEqual([])
}, 180_000)

/** How many came in the fullest 100 ms after the first second. */
function fullest(timesMs: readonly number[]): number {
  const buckets = new Map<number, number>()
  for (const timeMs of timesMs) {
    const bucket = Math.floor(timeMs / 100)
    if (bucket >= 10) buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
  }
  return Math.max(0, ...buckets.values())
}
