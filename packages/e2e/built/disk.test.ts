import { execFileSync } from 'node:child_process'
import { copyFile, mkdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { type Joined, join } from '@porchlight/adapters/testing'
import Libsql from 'libsql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseFaults } from '../faults/database-faults.js'
import { createPageNetwork } from '../faults/page-network.js'
import { roomyLimits } from '../faults/roomy-limits.js'
import { chance, seed } from '../harness/seed.js'
import { type ServerProcess, startServer } from '../harness/server-process.js'

let server: ServerProcess
beforeAll(async () => {
  server = await startServer({ PORCHLIGHT_LIMITS: JSON.stringify(roomyLimits) })
})
afterAll(() => server.stop())

const customer = (): Promise<Joined> =>
  join(porchlightAdapter({ server: server.url, site: 'demo', ...createPageNetwork({ origin: 'http://localhost:8080' }) }))
const walOf = (data: string): string => joinPath(data, 'porchlight.db-wal')

/** The texts of a log in the database of a server that has ended. */
function textsIn(data: string, c: string): readonly string[] {
  const database = new Libsql(joinPath(data, 'porchlight.db'))
  try {
    const rows = database.prepare("SELECT data FROM event WHERE c = ? AND k = 'text' ORDER BY seq").all([c]) as unknown as { data: string }[]
    return rows.map(({ data }) => String(JSON.parse(data).text))
  } finally {
    database.close()
  }
}

it.runIf(process.platform === 'linux')(
  'T63: a full disk is said, nothing is confirmed meanwhile, and with room it goes on by itself',
  async () => {
    const ann = await customer()
    const { c } = await ann.conversation()
    await ann.say(c, 1, 'before')
    // No file of the process may grow; a full disk says the same by another name.
    const limit = (size: string) => execFileSync('prlimit', ['--pid', String(server.running().pid), `--fsize=${size}:`])
    limit('4096')
    const draft = ann.draft(c, 2, 'meanwhile')
    await expect(ann.session.send(draft)).rejects.toMatchObject({ code: 'store_unavailable' })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    limit('unlimited')
    expect(await ann.session.send(draft)).toMatchObject({ outcome: 'stored' })
    await ann.say(c, 3, 'after')
    ann.leave()
  },
  30_000
)

it('T62: a log on disk whose end is torn off or is rubbish holds everything that was confirmed before it', async () => {
  const draw = chance(seed)
  const ann = await customer()
  const { c } = await ann.conversation()
  const texts = Array.from({ length: 24 }, (_, index) => `text ${index + 1}`)
  /** How long the log was when each text was confirmed. */
  const lengths: number[] = []
  for (const [index, text] of texts.entries()) {
    await ann.say(c, index + 1, text)
    lengths.push((await stat(walOf(server.data))).size)
  }
  ann.leave()
  await server.kill()
  expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
  const whole = await readFile(walOf(server.data))

  for (let trial = 0; trial < 20; trial++) {
    const last = draw(texts.length)
    const end = (lengths[last] ?? 0) + draw((lengths[last + 1] ?? whole.length) - (lengths[last] ?? 0) + 1)
    const copy = joinPath(server.data, `copy-${trial}`)
    await mkdir(copy)
    await copyFile(joinPath(server.data, 'porchlight.db'), joinPath(copy, 'porchlight.db'))
    await writeFile(walOf(copy), whole)
    await truncate(walOf(copy), end)
    if (trial % 2 === 0) await writeFile(walOf(copy), Buffer.from(Array.from({ length: 1 + draw(5_000) }, () => draw(256))), { flag: 'a' })
    const why = `cut at ${end} of ${whole.length}, PORCHLIGHT_TEST_SEED=${seed}`
    expect(databaseFaults(copy), why).toEqual([])
    const left = textsIn(copy, c)
    expect(left, why).toEqual(texts.slice(0, left.length))
    expect(left.length, why).toBeGreaterThanOrEqual(last + 1)
  }
}, 60_000)
