import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { type Chat, createChat } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { becomes, pause } from '../faults/layer.js'
import { createPageNetwork } from '../faults/page-network.js'
import { type PunctualClock, punctualClock } from '../harness/punctual-clock.js'

/** Who comes, and how fast time passes for them. */
export interface StormOptions {
  readonly server: string
  readonly size: number
  readonly speed: number
}

/** How a crowd came back. */
export interface StormReport {
  /** For each, when the attempt began that was the last, from the server's return on. */
  readonly triedAfterMs: readonly number[]
  /** What those hold who do not hold what they wrote, each once and in order. */
  readonly astray: readonly (readonly string[])[]
}

/** Customers who lose their server all at once. */
export interface StormCrowd {
  /** Everybody is there, and has written something that is stored. */
  readonly gather: () => Promise<void>
  /** The server dies in this moment. */
  readonly brace: () => Promise<void>
  /** Everybody knows it, and writes all the same; resolves when the server was away for so long. */
  readonly write: (downMs: number) => Promise<void>
  /** The server is back: resolves when everybody is, and everything is stored. */
  readonly comeBack: () => Promise<StormReport>
}

interface Client {
  readonly chat: Chat
  /** When the attempt began that was the last, by the client's clock. */
  readonly triedAt: () => number
}

const texts = ['before', 'meanwhile']
const atOnce = 100
const lookEveryMs = 100

/** Nobody yet. */
export function createStormCrowd({ server, size, speed }: StormOptions): StormCrowd {
  const clock = punctualClock(speed)
  const clients: Client[] = []
  let killedAt = 0

  return {
    gather: async () => {
      while (clients.length < size) {
        const some = Array.from({ length: Math.min(atOnce, size - clients.length) }, () => startClient(server, clock))
        clients.push(...some)
        await Promise.all(some.map(({ chat }) => chat.send('before')))
        await all(some, hasStored(1), 20_000)
      }
    },
    brace: async () => {
      killedAt = clock.now()
    },
    write: async (downMs) => {
      await all(clients, (client) => !isOpen(client), 10_000)
      await Promise.all(clients.map(({ chat }) => chat.send('meanwhile')))
      await becomes(() => clock.now() - killedAt >= downMs, 10_000)
    },
    comeBack: async () => {
      const upAt = clock.now()
      await all(clients, (client) => isOpen(client) && hasStored(2)(client), 30_000)
      const held = clients.map(textsOf)
      return {
        triedAfterMs: clients.map(({ triedAt }) => triedAt() - upAt),
        astray: held.filter((each) => each.join() !== texts.join())
      }
    }
  }
}

function startClient(server: string, clock: PunctualClock): Client {
  // The server's clock is the machine's, and so is the rhythm of its heartbeat.
  const network = createPageNetwork({ origin: 'http://localhost:8080', speed: 1 / clock.speed })
  const chat = createChat({ adapter: porchlightAdapter({ server, site: 'demo', ...network }), env: memoryEnv({ clock }) })
  let triedAt = 0
  chat.$connection.subscribe(({ state }) => {
    if (state === 'connecting') triedAt = clock.dueAt()
  })
  return { chat, triedAt: () => triedAt }
}

const isOpen = ({ chat }: Client): boolean => chat.$connection.get().state === 'open'
/** So many texts of his own are on the server's disk, and nothing waits. */
const hasStored =
  (count: number) =>
  ({ chat }: Client): boolean =>
    chat.$messages.get().filter(({ own, k, state }) => own && k === 'text' && state !== 'pending' && state !== 'failed').length === count

function textsOf({ chat }: Client): readonly string[] {
  return chat.$messages.get().flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))
}

/** Those who are not there yet are looked at again; seldom, for looking at thousands is work too. */
async function all(clients: readonly Client[], test: (client: Client) => boolean, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs
  let missing = clients.filter((client) => !test(client))
  while (missing.length > 0) {
    if (performance.now() > until) throw new Error(`${missing.length} of ${clients.length} did not get there in ${withinMs} ms`)
    await pause(lookEveryMs)
    missing = missing.filter((client) => !test(client))
  }
}
