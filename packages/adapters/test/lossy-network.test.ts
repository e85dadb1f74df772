import { type Chat, type ChatMessage, createChat } from '@porchlight/core'
import { createManualClock, type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryBackend, type MemoryBackend, type MemoryBackendOptions, memoryAdapter } from '../src/memory/memory-adapter.js'
import { createFaultyLink, seeded } from '../src/testing/index.js'

const rank = { pending: 0, sent: 1, delivered: 2, read: 3, failed: 0, received: 0 }

interface World {
  readonly backend: MemoryBackend
  readonly chat: () => Chat
  readonly typed: string[]
  readonly answered: string[]
  /** What did not hold at some moment of some view. */
  readonly faults: string[]
  readonly send: () => void
  readonly reply: () => void
  readonly reload: () => Promise<void>
  readonly wait: (durationMs: number) => Promise<void>
  /** The network heals, and everything has time to settle. */
  readonly settle: () => Promise<void>
}

/** One visitor's browser, its operator, and a bad network between them. */
function createWorld(seed: number, options: MemoryBackendOptions = {}): World {
  const backend = createMemoryBackend(options)
  const ben = backend.operator({ name: 'Ben' })
  ben.available(true)
  const random = seeded(seed)
  const clock = createManualClock()
  const conditions = { refuse: 0.2, cut: 0.04, repeat: 0.1, delayMs: 400 }
  const link = createFaultyLink({ adapter: memoryAdapter({ backend }), random, setTimer: clock.setTimer, conditions })
  const typed: string[] = []
  const answered: string[] = []
  const faults: string[] = []
  let env: MemoryEnv = memoryEnv({ clock, storageDelayMs: 3, random: (bytes) => bytes.map(() => random() * 256) })

  const load = (): Chat => {
    const chat = createChat({ adapter: link.adapter, env })
    const farthest = new Map<string, number>()
    chat.$messages.listen((messages) => faults.push(...faultsOf(messages, farthest)))
    void chat.open()
    return chat
  }
  let chat = load()

  return {
    backend,
    chat: () => chat,
    typed,
    answered,
    faults,
    send: () => {
      const text = `v${typed.length + 1}`
      typed.push(text)
      void chat.send(text)
    },
    reply: () => {
      const [log] = backend.logs()
      if (!log) return
      const text = `o${answered.length + 1}`
      answered.push(text)
      ben.reply(log.c, text)
    },
    reload: async () => {
      env = env.reload()
      chat = load()
      // Nobody can type before the panel stands.
      await env.advance(50)
    },
    wait: (durationMs) => env.advance(durationMs),
    settle: async () => {
      link.heal()
      await env.advance(120_000)
    }
  }
}

/** What must hold at every moment: each id once, in order, and no state that goes back. */
function faultsOf(messages: readonly ChatMessage[], farthest: Map<string, number>): string[] {
  const faults: string[] = []
  const ids = messages.map(({ id }) => id)
  if (new Set(ids).size !== ids.length) faults.push(`shown twice: ${ids.join(' ')}`)
  const orders = messages.map(({ order }) => order)
  if (orders.some((order, index) => index > 0 && order <= orders[index - 1]!)) faults.push(`out of order: ${orders.join(' ')}`)
  for (const { id, own, state } of messages) {
    if (own && rank[state] < (farthest.get(id) ?? 0)) faults.push(`${id} went back to ${state}`)
    farthest.set(id, rank[state])
  }
  return faults
}

const textsOf = (messages: readonly { readonly k: string; readonly body: Readonly<Record<string, unknown>> }[]): string[] =>
  messages.flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))

type Step = readonly ['send' | 'reply' | 'reload' | 'cut'] | readonly ['wait', number]

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(['send'] as const) },
  { weight: 3, arbitrary: fc.constant(['reply'] as const) },
  { weight: 6, arbitrary: fc.tuple(fc.constant('wait' as const), fc.integer({ min: 0, max: 3_000 })) },
  { weight: 1, arbitrary: fc.constant(['cut'] as const) },
  { weight: 1, arbitrary: fc.constant(['reload'] as const) }
)

async function run(world: World, walk: readonly Step[]): Promise<void> {
  await world.wait(50)
  for (const [name, durationMs] of walk) {
    if (name === 'send') world.send()
    else if (name === 'reply') world.reply()
    else if (name === 'wait') await world.wait(durationMs as number)
    else if (name === 'reload') await world.reload()
    else {
      world.backend.cut()
      world.backend.restore()
    }
  }
  await world.settle()
}

function expectWhole({ backend, chat, typed, answered, faults }: World): void {
  expect(faults).toEqual([])
  const logs = backend.logs()
  expect(logs.length).toBeLessThanOrEqual(1)
  const stored = logs[0]?.messages ?? []
  const texts = textsOf(stored)
  expect(texts.filter((text) => text.startsWith('v'))).toEqual(typed)
  expect(texts.filter((text) => text.startsWith('o'))).toEqual(answered)
  expect(
    chat()
      .$messages.get()
      .map(({ id }) => id)
  ).toEqual(stored.map(({ id }) => id))
  expect(chat().$outbox.get().count).toBe(0)
  expect(chat().$connection.get().state).toBe('open')
}

describe('over a network that cuts, refuses, delays and repeats', () => {
  it('every text arrives once, in its author’s order, and both sides see the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(steps, { minLength: 5, maxLength: 60 }), async (seed, walk) => {
        const world = createWorld(seed)
        await run(world, walk)
        expectWhole(world)
      }),
      { numRuns: 120 }
    )
  }, 60_000)

  it('the same holds for a backend that stores repeats twice and whose orders have holes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(steps, { minLength: 5, maxLength: 40 }), async (seed, walk) => {
        const world = createWorld(seed, { order: 'cursor', idempotentSend: false })
        await run(world, walk)
        expectWhole(world)
      }),
      { numRuns: 80 }
    )
  }, 60_000)
})
