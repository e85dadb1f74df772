import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { type Chat, createChat } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { expect, it, onTestFinished } from 'vitest'
import { databaseFaults } from '../faults/database-faults.js'
import { createPageNetwork } from '../faults/page-network.js'
import { roomyLimits } from '../faults/roomy-limits.js'
import { type PunctualClock, punctualClock } from '../harness/punctual-clock.js'
import { startServer } from '../harness/server-process.js'

/** 5,000 is the long form; each takes a descriptor here and one in the server. */
const crowd = Number(process.env['PORCHLIGHT_TEST_CROWD'] ?? 300)
const isLong = crowd >= 2_000
/** A few have fast clocks and a server that stays away: by then their waits are long, and chance alone puts no twentieth of them into one bucket. */
const speed = isLong ? 1 : 3
const downMs = isLong ? 1_000 : 6_000
const limits = { ...roomyLimits, pagesPerAddress: { count: 100_000, perMs: 1_000 }, messagesPerAddress: { count: 100_000, perMs: 1_000 } }

interface Client {
  readonly chat: Chat
  /** When the attempt began that was the last, by the client's clock. */
  readonly triedAt: () => number
  readonly end: () => void
}

function startClient(server: string, clock: PunctualClock): Client {
  // The server's clock is the machine's, and so is the rhythm of its heartbeat.
  const network = createPageNetwork({ origin: 'http://localhost:8080', speed: 1 / clock.speed })
  const chat = createChat({ adapter: porchlightAdapter({ server, site: 'demo', ...network }), env: memoryEnv({ clock }) })
  let triedAt = 0
  chat.$connection.subscribe(({ state }) => {
    if (state === 'connecting') triedAt = clock.dueAt()
  })
  return {
    chat,
    triedAt: () => triedAt,
    end: () => {
      chat.destroy()
      network.kill()
    }
  }
}

const isOpen = ({ chat }: Client): boolean => chat.$connection.get().state === 'open'
/** So many texts of his own are on the server's disk, and nothing waits. */
const hasStored =
  (count: number) =>
  ({ chat }: Client): boolean =>
    chat.$messages.get().filter(({ own, k, state }) => own && k === 'text' && state !== 'pending' && state !== 'failed').length === count

async function all(clients: readonly Client[], test: (client: Client) => boolean, timeout: number): Promise<void> {
  await expect.poll(() => clients.filter((client) => !test(client)).length, { timeout, interval: isLong ? 200 : 50 }).toBe(0)
}

async function gather(url: string, clock: PunctualClock): Promise<readonly Client[]> {
  const clients: Client[] = []
  onTestFinished(() => {
    for (const client of clients) client.end()
  })
  while (clients.length < crowd) {
    const some = Array.from({ length: Math.min(100, crowd - clients.length) }, () => startClient(url, clock))
    clients.push(...some)
    await Promise.all(some.map(({ chat }) => chat.send('before')))
    await all(some, hasStored(1), 20_000)
  }
  return clients
}

it(`T27: SIGKILL with a crowd of ${crowd}: they come back spread out, all catch up within 15 s, and nothing that was written meanwhile is lost or doubled`, async () => {
  const server = await startServer({ PORCHLIGHT_LIMITS: JSON.stringify(limits) })
  onTestFinished(server.stop)
  const clock = punctualClock(speed)
  const clients = await gather(server.url, clock)

  const killedAt = clock.now()
  await server.kill()
  await all(clients, (client) => !isOpen(client), 10_000)
  await Promise.all(clients.map(({ chat }) => chat.send('meanwhile')))
  await expect.poll(() => clock.now() - killedAt, { timeout: 10_000, interval: 10 }).toBeGreaterThanOrEqual(downMs)
  await server.restart()
  const upAt = clock.now()
  const up = performance.now()
  await all(clients, (client) => isOpen(client) && hasStored(2)(client), 30_000)
  expect(performance.now() - up).toBeLessThan(15_000)

  expect(fullest(clients.map(({ triedAt }) => triedAt() - upAt))).toBeLessThanOrEqual(0.05 * crowd)
  for (const { chat } of clients)
    expect(
      chat.$messages
        .get()
        .filter(({ k }) => k === 'text')
        .map(({ body }) => body['text'])
    ).toEqual(['before', 'meanwhile'])
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
