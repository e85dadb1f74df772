import { ChatError } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import type { HistoryPage, HistoryQuery, LogState, Message, SendOutcome, Session } from '../adapter.js'
import { memoryEnv } from '../env/memory-env.js'
import { createLog } from './log.js'
import { createOutbox } from './outbox.js'

const ann = { role: 'visitor', id: 'ann' } as const
const ben = { role: 'agent', id: 'ben' } as const

function aMessage(order: number, more: Partial<Message> = {}): Message {
  return { c: 'c', id: `id-${order}`, cursor: `${order}`, order, at: 0, by: ben, k: 'text', body: { text: `${order}` }, ...more }
}

const aState = (head: number, more: Partial<LogState> = {}): LogState => ({ c: 'c', epoch: 'e1', head, ...more })

interface Asked {
  readonly query: HistoryQuery
  readonly answer: (page: Partial<HistoryPage>) => Promise<void>
  readonly fail: (error: Error) => Promise<void>
}

async function open(order: 'dense' | 'cursor' = 'dense') {
  const env = memoryEnv()
  const asked: Asked[] = []
  const sent: { id: string; resolve: (outcome: SendOutcome) => void; reject: (error: Error) => void }[] = []
  const reports: Error[] = []
  let gone = 0
  const aSession = (): Session =>
    ({
      caps: { idempotentSend: true },
      order,
      you: ann,
      conversations: [],
      history: (query: HistoryQuery) =>
        new Promise<HistoryPage>((resolve, reject) => {
          asked.push({
            query,
            answer: async (page) => {
              resolve({ messages: [], more: false, log: aState(0), ...page })
              await env.advance(0)
            },
            fail: async (error) => {
              reject(error)
              await env.advance(0)
            }
          })
        }),
      send: ({ id }: { id: string }) => new Promise<SendOutcome>((resolve, reject) => sent.push({ id, resolve, reject }))
    }) as unknown as Session
  let session: Session | null = aSession()
  const outbox = createOutbox(env, env.storage('x'))
  await outbox.load()
  const log = createLog({
    c: 'c',
    from: undefined,
    env,
    outbox,
    session: () => session,
    cacheIn: undefined,
    report: (error) => void reports.push(error),
    onGone: () => void gone++,
    onNews: () => undefined
  })
  await env.advance(0)
  return {
    env,
    asked,
    sent,
    reports,
    log,
    gone: () => gone,
    orders: () => log.$messages.get().map((message) => message.order),
    last: () => asked.at(-1)!,
    reconnect: async () => {
      session = null
      log.restart()
      session = aSession()
      log.restart()
      await env.advance(0)
    }
  }
}

describe('a log', () => {
  it('is read from its newest page and followed from there', async () => {
    const { asked, last, orders, log } = await open()
    expect(last().query).toEqual({ c: 'c', limit: 50, subscribe: true })
    await last().answer({ messages: [aMessage(7), aMessage(8)], more: true, log: aState(8) })
    log.arrived({ type: 'message', message: aMessage(9), epoch: 'e1' })
    expect(orders()).toEqual([7, 8, 9])
    expect(log.$older.get()).toEqual({ hasMore: true, isLoading: false })
    expect(asked).toHaveLength(1)
  })

  it('asks for older entries once at a time', async () => {
    const { asked, last, orders, log } = await open()
    await last().answer({ messages: [aMessage(7), aMessage(8)], more: true, log: aState(8) })
    for (let press = 0; press < 3; press++) void log.loadOlder()
    expect(asked).toHaveLength(2)
    await last().answer({ messages: [aMessage(5), aMessage(6)], more: true, log: aState(8) })
    expect(orders()).toEqual([5, 6, 7, 8])
    expect(log.$older.get()).toEqual({ hasMore: true, isLoading: false })
  })

  it('asked for older entries in a session that ended: neither the answer nor the refusal is anybody’s', async () => {
    const { asked, last, orders, log, reports, reconnect } = await open()
    await last().answer({ messages: [aMessage(7), aMessage(8)], more: true, log: aState(8) })
    void log.loadOlder()
    const old = last()
    await reconnect()
    await old.fail(new ChatError('network', 'the session has ended'))
    expect([reports, orders(), log.$older.get()]).toEqual([[], [7, 8], { hasMore: true, isLoading: false }])
    expect(asked.length).toBeGreaterThan(2)
  })

  it('fills a hole with one question at a time', async () => {
    const { asked, last, orders, log } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    for (const order of [4, 5, 6]) log.arrived({ type: 'message', message: aMessage(order), epoch: 'e1' })
    expect(orders()).toEqual([1])
    expect(asked).toHaveLength(2)
    expect(last().query).toMatchObject({ after: { have: 1, epoch: 'e1' }, limit: 200 })
    await last().answer({ messages: [aMessage(2), aMessage(3)], log: aState(6) })
    expect(orders()).toEqual([1, 2, 3, 4, 5, 6])
    expect(asked).toHaveLength(2)
  })

  it('finds by the head alone that something was lost', async () => {
    const { last, log } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    log.arrived({ type: 'log', log: aState(3) })
    expect(last().query).toMatchObject({ after: { have: 1 } })
  })

  it('reads page after page until nothing is missing', async () => {
    const { last, orders, log, asked } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    log.arrived({ type: 'log', log: aState(5) })
    await last().answer({ messages: [aMessage(2), aMessage(3)], more: true, log: aState(5) })
    await last().answer({ messages: [aMessage(4), aMessage(5)], log: aState(5) })
    expect(orders()).toEqual([1, 2, 3, 4, 5])
    expect(asked).toHaveLength(3)
  })

  it('asks again after 2 to 4 s when a question failed, and not before', async () => {
    const { env, last, log, asked, reports } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    log.arrived({ type: 'log', log: aState(3) })
    await last().fail(new ChatError('timeout', 'x'))
    log.arrived({ type: 'log', log: aState(4) })
    await env.advance(1_999)
    expect(asked).toHaveLength(2)
    await env.advance(2_001)
    expect(asked).toHaveLength(3)
    expect(reports).toHaveLength(1)
  })

  it('does not ask in a circle when a page brings nothing', async () => {
    const { env, last, log, asked } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    log.arrived({ type: 'log', log: aState(3) })
    await last().answer({ messages: [], log: aState(3) })
    expect(asked).toHaveLength(2)
    await env.advance(4_000)
    expect(asked).toHaveLength(3)
  })

  it('says when the backend does not have it, and stops asking', async () => {
    const { env, last, asked, gone } = await open()
    await last().fail(new ChatError('conversation_gone', 'x'))
    await env.advance(60_000)
    expect(gone()).toBe(1)
    expect(asked).toHaveLength(1)
  })

  it('is read from where it stands by the next session, and an answer to the last one is not heard', async () => {
    const { last, asked, orders, log, reconnect } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    log.arrived({ type: 'log', log: aState(3) })
    const late = last()
    await reconnect()
    expect(last().query).toMatchObject({ after: { have: 1 }, subscribe: true })
    await late.answer({ messages: [aMessage(2)], log: aState(3) })
    expect(orders()).toEqual([1])
    await last().answer({ messages: [aMessage(2), aMessage(3)], log: aState(3) })
    expect(orders()).toEqual([1, 2, 3])
    expect(asked).toHaveLength(3)
  })

  it('of another epoch drops what was held and is read anew', async () => {
    const { last, orders, log } = await open()
    await last().answer({ messages: [aMessage(1), aMessage(2)], log: aState(2) })
    log.arrived({ type: 'log', log: aState(1, { epoch: 'e2' }) })
    expect(orders()).toEqual([])
    expect(last().query).toEqual({ c: 'c', limit: 50 })
    await last().answer({ messages: [aMessage(1, { id: 'other' })], log: aState(1, { epoch: 'e2' }) })
    expect(log.$messages.get().map(({ id }) => id)).toEqual(['other'])
    expect(log.$state.get()).toMatchObject({ epoch: 'e2', head: 1 })
  })

  it('does not take an entry of another epoch', async () => {
    const { last, orders, log } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    log.arrived({ type: 'message', message: aMessage(2, { id: 'other' }), epoch: 'e2' })
    expect(orders()).toEqual([1])
  })

  it('does not lower its head within an epoch', async () => {
    const { last, log } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    log.arrived({ type: 'log', log: aState(5) })
    log.arrived({ type: 'log', log: aState(3, { state: 'closed' }) })
    expect(log.$state.get()).toMatchObject({ head: 5, state: 'closed' })
  })

  it('tells a reset once, to whoever looks at its state', async () => {
    const { last, log } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    log.arrived({ type: 'log', log: aState(0, { reset: true }) })
    expect(log.$state.get()?.reset).toBe(true)
    log.arrived({ type: 'log', log: aState(0) })
    expect(log.$state.get()).not.toHaveProperty('reset')
  })

  it('without density shows what comes only when everything before it was read', async () => {
    const { last, orders, log } = await open('cursor')
    log.arrived({ type: 'message', message: aMessage(30), epoch: 'e1' })
    expect(orders()).toEqual([])
    await last().answer({ messages: [aMessage(10), aMessage(20)], log: aState(30) })
    expect(orders()).toEqual([10, 20, 30])
  })
})

describe('an own message', () => {
  it('is at every moment in exactly one of pending and stored', async () => {
    const { env, last, sent, log } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    const faults: string[] = []
    let id: string | undefined
    const check = () => {
      if (id === undefined) return
      const places = [...log.$pending.get(), ...log.$messages.get()].filter((item) => item.id === id).length
      if (places !== 1) faults.push(`${places} places`)
    }
    log.$messages.listen(check)
    log.$pending.listen(check)
    const publishing = log.publish('text', { text: 'hello' })
    id = log.$pending.get()[0]?.id
    await env.advance(0)
    await publishing
    sent[0]?.resolve({ outcome: 'stored', message: aMessage(2, { id: id!, by: ann }) })
    await env.advance(0)
    expect(log.$messages.get().at(-1)?.id).toBe(id)
    expect(log.$pending.get()).toEqual([])
    expect(faults).toEqual([])
  })

  it('stays pending while it is stored above a hole', async () => {
    const { env, last, sent, log } = await open()
    await last().answer({ messages: [aMessage(1)], log: aState(1) })
    void log.publish('text', { text: 'hello' })
    await env.advance(0)
    const { id } = log.$pending.get()[0]!
    sent[0]?.resolve({ outcome: 'stored', message: aMessage(3, { id, by: ann }) })
    await env.advance(0)
    expect(log.$pending.get().map((item) => item.id)).toEqual([id])
    await last().answer({ messages: [aMessage(2), aMessage(3, { id, by: ann })], log: aState(3) })
    expect(log.$pending.get()).toEqual([])
    expect(sent).toHaveLength(1)
  })

  it('that is stored among older entries than those held is not pending any more', async () => {
    const { env, last, sent, log } = await open()
    void log.publish('text', { text: 'hello' })
    await env.advance(0)
    sent[0]?.resolve({ outcome: 'stored', message: aMessage(3, { id: sent[0].id, by: ann }) })
    await env.advance(0)
    await last().answer({ messages: [aMessage(7), aMessage(8)], more: true, log: aState(8) })
    await env.advance(0)
    expect(log.$pending.get()).toEqual([])
  })

  it('goes out with at most seven others at once', async () => {
    const { env, last, sent, log } = await open()
    await last().answer({ log: aState(0) })
    for (let index = 0; index < 10; index++) void log.publish('text', { text: `${index}` })
    await env.advance(0)
    expect(sent).toHaveLength(8)
    sent[0]?.resolve({ outcome: 'stored', message: aMessage(1, { id: sent[0].id, by: ann }) })
    await env.advance(0)
    expect(sent).toHaveLength(9)
  })

  it('that has to wait makes the later ones wait, too', async () => {
    const { env, last, sent, log } = await open()
    await last().answer({ log: aState(0) })
    void log.publish('text', { text: 'one' })
    await env.advance(0)
    sent[0]?.reject(new ChatError('rate_limited', 'x', { afterMs: 5_000 }))
    await env.advance(0)
    void log.publish('text', { text: 'two' })
    await env.advance(4_999)
    expect(sent).toHaveLength(1)
    await env.advance(5_001)
    expect(sent.map(({ id }) => id)).toEqual([sent[0]!.id, sent[0]!.id, sent[2]!.id])
  })
})
