import type { ChatAdapter, ConnectContext, Session } from '@porchlight/core'
import { describe, expect, it } from 'vitest'
import { createMemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { type AdapterHarness, adapterCases, runCase, testAdapter } from '../src/testing/index.js'

type Spoil = (adapter: ChatAdapter) => ChatAdapter

async function harness(spoil: Spoil): Promise<AdapterHarness> {
  const backend = createMemoryBackend()
  const ben = backend.operator({ name: 'Ben' })
  return {
    createAdapter: () => spoil(memoryAdapter({ backend })),
    operator: {
      reply: async (c, text) => ben.reply(c, text),
      texts: async (c) => ben.messages(c).flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : [])),
      available: async (on) => ben.available(on)
    },
    cut: backend.cut,
    restore: backend.restore
  }
}

/** Changes what an adapter connects to, or what it hears. */
function spoiled(
  change: (session: Session, context: ConnectContext) => Partial<Session>,
  hear: (context: ConnectContext) => Partial<ConnectContext> = () => ({})
): Spoil {
  return (adapter) => ({
    ...adapter,
    connect: async (context) => {
      const session = await adapter.connect({ ...context, ...hear(context) })
      return { ...session, ...change(session, context) }
    }
  })
}

const faults: readonly (readonly [string, string, Spoil])[] = [
  [
    'stores a repeat as another message',
    'the same id twice is stored once, at the same place',
    spoiled((session) => {
      let count = 0
      return { send: (draft) => session.send({ ...draft, id: draft.id.replace(/.{4}$/, String(++count).padStart(4, '0')), n: count }) }
    })
  ],
  [
    'loses the order of the author',
    'messages sent at once keep their author’s order',
    spoiled((session) => ({ send: (draft) => session.send({ ...draft, n: 9 - draft.n }) }))
  ],
  [
    'says stored before it is',
    'a sent message is stored and reaches the operator',
    spoiled(() => ({ send: async () => ({ outcome: 'stored', message: {} as never }) }))
  ],
  [
    'trims what was typed',
    'any text comes back as it went out',
    spoiled((session) => ({ send: (draft) => session.send({ ...draft, body: { text: String(draft.body['text']).trim() } }) }))
  ],
  [
    'answers history newest first',
    'the newest entries come in ascending order, and say that older ones wait',
    spoiled((session) => ({ history: async (query) => reversed(await session.history(query)) }))
  ],
  [
    'throws plain errors',
    'an id with other words is a conflict, and the first stays',
    spoiled((session) => ({
      send: (draft) =>
        session.send(draft).catch(() => {
          throw new Error('no')
        })
    }))
  ],
  [
    'goes on talking after it was left',
    'nothing is heard after the signal was aborted',
    (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, signal: new AbortController().signal }) })
  ],
  [
    'tells the end twice',
    'a broken connection is told once, as a ChatError that may be tried again',
    spoiled(
      () => ({}),
      (context) => ({
        emit: (event) => {
          context.emit(event)
          if (event.type === 'closed') context.emit(event)
        }
      })
    )
  ],
  [
    'forgets who the visitor was',
    'what was saved brings the same visitor back to the same conversation',
    (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, saved: null }) })
  ],
  [
    'writes its credential into the log',
    'no secret of the saved session is in the log or in an event that is shown',
    spoiled(
      () => ({}),
      (context) => ({
        emit: (event) => {
          if (event.type === 'saved') context.log('debug', JSON.stringify(event.saved))
          context.emit(event)
        }
      })
    )
  ],
  [
    'writes texts into the log',
    'no text of a customer is in the log',
    spoiled((session, context) => ({
      send: (draft) => {
        context.log('debug', JSON.stringify(draft))
        return session.send(draft)
      }
    }))
  ],
  [
    'sends the same event for a revision that did not grow',
    'who is home is told at the start and at every change, with a growing revision',
    spoiled(
      () => ({}),
      (context) => ({
        emit: (event) => context.emit(event.type === 'availability' ? { ...event, availability: { ...event.availability, rev: 1 } } : event)
      })
    )
  ]
]

function reversed<T extends { readonly messages: readonly unknown[] }>(page: T): T {
  return { ...page, messages: [...page.messages].reverse() }
}

describe('the conformance suite', () => {
  it.each(faults)(
    'finds an adapter that %s',
    async (_, name, spoil) => {
      const found = adapterCases.find((known) => known.name === name)
      expect(found).toBeDefined()
      await expect(runCase(found!, () => harness((adapter) => adapter))).resolves.toEqual({ outcome: 'passed' })
      await expect(runCase(found!, () => harness(spoil))).rejects.toThrow()
    },
    15_000
  )

  it('names no case twice', () => {
    const names = adapterCases.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('says why it skips', async () => {
    const [needy] = adapterCases.filter(({ needs }) => needs?.includes('receiptsIn'))
    expect(await runCase(needy!, () => harness((adapter) => adapter))).toEqual({ outcome: 'skipped', reason: 'needs receiptsIn' })
  })

  it('passes on the reason of a skip that was declared, and refuses one for a case that does not exist', async () => {
    const run = async (skip: Record<string, string>) => {
      const skipped: string[] = []
      const faults: unknown[] = []
      const bodies: (() => Promise<void>)[] = []
      const runner = {
        describe: (_: string, body: () => void) => body(),
        it: (_: string, body: (context: { skip: (reason?: string) => void }) => Promise<void>) => {
          bodies.push(() => body({ skip: (reason = '') => void skipped.push(reason) }))
        }
      }
      testAdapter(runner, 'memory', () => harness((adapter) => adapter), { skip })
      for (const body of bodies.slice(0, 2)) await body().catch((error: unknown) => faults.push(error))
      return { skipped, faults }
    }
    const known = adapterCases[0]!.name
    expect(await run({ [known]: 'not today' })).toEqual({ skipped: ['not today'], faults: [] })
    expect((await run({ 'no such case': 'x' })).faults).toHaveLength(1)
  })
})
