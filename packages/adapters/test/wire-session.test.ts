import type { Session } from '@porchlight/core'
import { isChatError } from '@porchlight/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openWireSession } from '../src/porchlight/wire-session.js'
import { aContext, anEvent, aWelcome, fakeWire } from './fake-wire.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const address = { server: 'https://chat.example.com', site: 'shop', fetch }
const ids = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'] as const

function begin(options: { readonly context?: ReturnType<typeof aContext>; readonly credential?: { token?: string; ticket?: string } } = {}) {
  const wire = fakeWire()
  const context = options.context ?? aContext()
  const ends: string[] = []
  const session = openWireSession({
    address,
    openWire: wire.open,
    context,
    credential: options.credential ?? {},
    onWelcome: () => ends.push('welcome'),
    onEnd: (error) => ends.push(error.code)
  })
  session.catch(() => undefined)
  wire.stand()
  return { wire, context, session, ends }
}

async function welcomed(options: Parameters<typeof begin>[0] & { readonly welcome?: object } = {}) {
  const world = begin(options)
  world.wire.say(aWelcome(options.welcome))
  const session: Session = await world.session
  return { ...world, session }
}

const draft = (n: number) => ({ c: 'c_1', id: ids[n - 1]!, n, k: 'text', body: { text: `text ${n}` } })

describe('a session on the wire', () => {
  it('says who it is and what it holds, first thing', () => {
    const logs = [{ c: 'c_1', epoch: 'e1', have: 7, cursor: '7' }]
    const { wire } = begin({ context: aContext({ logs }), credential: { token: 'plv_secret' } })
    expect(wire.sent).toEqual([{ t: 'hello', v: [1, 1], device: 'A'.repeat(22), token: 'plv_secret', subs: [{ c: 'c_1', epoch: 'e1', have: 7 }] }])
  })

  it('passes on what the welcome brings: credential, logs, receipts, and who is home', async () => {
    const { t: _, ...event } = anEvent(8)
    const cursors = [{ by: { role: 'agent', id: 'o_ben' }, delivered: 8, read: 7 }]
    const subs = [{ c: 'c_1', epoch: 'e1', head: 9, lastN: 3, events: [event], more: true, cursors }]
    const conversations = [{ c: 'c_1', epoch: 'e1', head: 9, state: 'closed', department: null, updatedAt: 5 }]
    const { context, session } = await welcomed({ welcome: { token: 'plv_new', subs, conversations } })
    expect(context.events.map((heard) => heard.type)).toEqual(['saved', 'log', 'receipt', 'message', 'site', 'availability'])
    expect(context.events[0]).toEqual({ type: 'saved', saved: { token: 'plv_new' } })
    expect(context.events[1]).toMatchObject({ log: { c: 'c_1', head: 9, lastN: 3, state: 'closed' } })
    expect(session.conversations).toHaveLength(1)
    expect(session.you).toEqual({ role: 'visitor', id: 'v_ann' })
  })

  it('of an operator keeps no token and takes no requests', async () => {
    const { context, session } = await welcomed({
      credential: { ticket: 'plt_x' },
      welcome: { token: 'plv_new', you: { id: 'o_ben', name: 'Ben', verified: true } }
    })
    expect(context.events.map(({ type }) => type)).toEqual(['availability'])
    expect(session.request).toBeUndefined()
    expect(session.you).toEqual({ role: 'agent', id: 'o_ben', name: 'Ben' })
  })

  it('stores what is acknowledged', async () => {
    const { wire, session } = await welcomed()
    const sending = session.send(draft(1))
    expect(wire.sent.at(-1)).toEqual({ t: 'pub', c: 'c_1', id: ids[0], n: 1, k: 'text', body: { text: 'text 1' } })
    wire.say({ t: 'ack', id: ids[0], c: 'c_1', epoch: 'e1', seq: 4, ts: 5, dup: true })
    expect(await sending).toMatchObject({ outcome: 'stored', message: { order: 4, cursor: '4', at: 5, by: { id: 'v_ann' } } })
  })

  it('tells a wrong number, a refusal, and a code of a newer server apart', async () => {
    const { wire, session } = await welcomed()
    const early = session.send(draft(2))
    wire.say({ t: 'nack', id: ids[1], code: 'order', retry: 'later', expectN: 1 })
    expect(await early).toEqual({ outcome: 'order', expectN: 1 })
    const refused = session.send(draft(1))
    wire.say({ t: 'nack', id: ids[0], code: 'rate_limited', retry: 'later', after: 900 })
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited', afterMs: 900 })
    for (const [retry, code] of [
      ['never', 'invalid'],
      ['auth', 'unauthorized'],
      ['later', 'internal']
    ] as const) {
      const strange = session.send(draft(1))
      wire.say({ t: 'nack', id: ids[0], code: 'a_code_of_tomorrow', retry })
      await expect(strange).rejects.toMatchObject({ code, retry })
    }
  })

  it('does not know what became of a message when nobody answers for 15 s, or the wire ends', async () => {
    const { wire, session } = await welcomed()
    const slow = session.send(draft(1))
    const lost = session.send(draft(2))
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await slow).toEqual({ outcome: 'unknown' })
    const late = session.send(draft(1))
    wire.end({ code: 'network', message: 'gone' })
    expect(await late).toEqual({ outcome: 'unknown' })
    expect(await lost).toEqual({ outcome: 'unknown' })
  })

  it('refuses what is longer than a frame may be, without sending it', async () => {
    const { wire, session } = await welcomed()
    const before = wire.sent.length
    await expect(session.send({ ...draft(1), body: { text: 'x'.repeat(65_536) } })).rejects.toMatchObject({ code: 'too_large' })
    expect(wire.sent).toHaveLength(before)
  })

  it('opens a conversation under the name that the server gives', async () => {
    const { wire, session } = await welcomed()
    const opening = session.open?.({ id: ids[0], page: 'https://shop.example/', locale: 'pl' })
    expect(wire.sent.at(-1)).toEqual({ t: 'open', id: ids[0], meta: { page: 'https://shop.example/', locale: 'pl' } })
    wire.say({ t: 'ack', id: ids[0], c: 'c_new', epoch: 'e1', seq: 0, ts: 5 })
    expect(await opening).toMatchObject({ c: 'c_new', head: 0, state: 'open' })
    const refused = session.open?.({ id: ids[1] })
    wire.say({ t: 'nack', id: ids[1], code: 'forbidden', retry: 'never' })
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('answers pings, and reports heads of logs that it follows', async () => {
    const conversations = [{ c: 'c_1', epoch: 'e1', head: 3, state: 'open', department: null, updatedAt: 5 }]
    const { wire, context } = await welcomed({ welcome: { conversations } })
    wire.say({ t: 'ping', now: 77, heads: { c_1: 9, c_other: 4 } })
    expect(wire.sent.at(-1)).toEqual({ t: 'pong', echo: 77 })
    expect(context.events.slice(2)).toEqual([{ type: 'log', log: { c: 'c_1', epoch: 'e1', head: 9 } }])
  })

  it('passes on what the site asks for and says, and that nobody would receive a request', async () => {
    const site = { requests: 'none', words: { noRequests: { en: 'Call us' } } } as const
    const { wire, context, session } = await welcomed({ welcome: { site } })
    expect(context.events[0]).toEqual({ type: 'site', site })
    expect(session.caps.requests).toBe('none')
    const form = { fields: [{ id: 'order', kind: 'text', label: { en: 'Order' } }] } as const
    wire.say({ t: 'site', form })
    expect(context.events.slice(2)).toEqual([
      { type: 'site', site: { form } },
      { type: 'capabilities', caps: { ...session.caps, requests: 'native' } }
    ])
  })

  it('passes on a place in line by the clock of this device, however wrong that is', async () => {
    const { wire, context } = await welcomed({ welcome: { now: Date.now() - 180_000 } })
    wire.say({ t: 'queue', c: 'c_1', position: 2, since: Date.now() - 190_000, estimate: 60_000 })
    const heard = context.events.at(-1) as { readonly place: { readonly since: number } }
    expect(heard).toEqual({ type: 'queue', place: { position: 2, since: expect.any(Number), estimateMs: 60_000 } })
    expect(Date.now() - heard.place.since).toBeGreaterThanOrEqual(10_000)
    expect(Date.now() - heard.place.since).toBeLessThan(20_000)
    wire.say({ t: 'queue', c: 'c_1' })
    expect(context.events.at(-1)).toEqual({ type: 'queue', place: null })
  })

  it('passes on events, receipts, typing marks, availability and new credentials', async () => {
    const { wire, context } = await welcomed()
    const by = { role: 'agent', id: 'o_ben' }
    wire.say(anEvent(1))
    wire.say({ t: 'rcpt', c: 'c_1', by, delivered: 2, read: 1 })
    wire.say({ t: 'typing', c: 'c_1', by, on: true, ttl: 6_000 })
    wire.say({ t: 'avail', rev: 2, state: 'away', reason: 'not_available', opensAt: 9 })
    wire.say({ t: 'authok', token: 'plv_next', exp_in: 5 })
    wire.say({ t: 'authok', exp_in: 5 })
    expect(context.events.slice(2)).toEqual([
      { type: 'message', epoch: 'e1', message: { c: 'c_1', id: 'id-1', cursor: '1', order: 1, at: 5, by, k: 'text', body: { text: 'text 1' } } },
      { type: 'receipt', c: 'c_1', by, delivered: 2, read: 1 },
      { type: 'typing', c: 'c_1', by, on: true, ttlMs: 6_000 },
      { type: 'availability', availability: { rev: 2, state: 'away', reason: 'not_available', opensAt: 9 } },
      { type: 'saved', saved: { token: 'plv_next' } }
    ])
  })

  it('sends typing marks and positions', async () => {
    const { wire, session } = await welcomed()
    session.typing?.('c_1', true)
    session.receipt?.('c_1', { delivered: 3, read: 2 })
    expect(wire.sent.slice(1)).toEqual([
      { t: 'typing', c: 'c_1', on: true },
      { t: 'cur', c: 'c_1', delivered: 3, read: 2 }
    ])
  })

  it('answers a probe when the server does', async () => {
    const { wire, session } = await welcomed()
    const probing = session.probe?.()
    const { t, now } = wire.sent.at(-1) as { t: string; now: number }
    expect(t).toBe('ping')
    wire.say({ t: 'pong', echo: now })
    await expect(probing).resolves.toBeUndefined()
    const silent = session.probe?.()
    silent?.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(10_000)
    await expect(silent).rejects.toMatchObject({ code: 'timeout' })
  })

  it('notes a frame that it does not understand, without its content', async () => {
    const { wire, context } = await welcomed()
    wire.say({ t: 'ev', secret: 'text of a customer' })
    wire.say(undefined)
    wire.say({ t: 'tomorrow' })
    expect(context.lines).toHaveLength(3)
    expect(context.lines.join()).not.toContain('customer')
  })
})

describe('the end of a session on the wire', () => {
  it('comes when nothing was heard for as long as the server said', async () => {
    const { wire, context } = await welcomed()
    await vi.advanceTimersByTimeAsync(25_000)
    wire.say({ t: 'ping', now: 1 })
    await vi.advanceTimersByTimeAsync(29_999)
    expect(context.events.some(({ type }) => type === 'closed')).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(context.events.at(-1)).toMatchObject({ type: 'closed', error: { code: 'network' } })
    expect(wire.isClosed()).toBe(true)
  })

  it('means what the server said just before', async () => {
    const { wire, context } = await welcomed()
    wire.say({ t: 'err', code: 'busy', retry: 'later', after: 10_000 })
    wire.end({ code: 'network', message: 'closed' })
    const closed = context.events.at(-1)
    expect(closed).toMatchObject({ type: 'closed', error: { code: 'busy', afterMs: 10_000 } })
  })

  it('does not mean what was only about one frame, or was not followed by the end', async () => {
    const { wire, context } = await welcomed()
    wire.say({ t: 'err', code: 'conversation_gone', retry: 'never', ref: 'c_1' })
    wire.say({ t: 'err', code: 'unsupported', retry: 'never' })
    wire.say({ t: 'err', code: 'forbidden', retry: 'never' })
    wire.say({ t: 'ping', now: 1 })
    wire.end({ code: 'network', message: 'closed' })
    expect(context.events.at(-1)).toMatchObject({ type: 'closed', error: { code: 'network' } })
  })

  it('comes back within the window of a server that restarts, after what is on its way was answered', async () => {
    const { wire, context, session } = await welcomed()
    const sending = session.send(draft(1))
    wire.say({ t: 'drain', after: [1_000, 9_000], reason: 'restart' })
    expect(context.events.at(-1)?.type).toBe('availability')
    wire.say({ t: 'ack', id: ids[0], c: 'c_1', epoch: 'e1', seq: 1, ts: 5 })
    expect(await sending).toMatchObject({ outcome: 'stored' })
    wire.say({ t: 'ping', now: 1 })
    expect(context.events.at(-1)).toMatchObject({ type: 'closed', withinMs: [1_000, 9_000] })
  })

  it('before the welcome is a refusal', async () => {
    const { wire, session, context, ends } = begin()
    wire.say({ t: 'err', code: 'forbidden', retry: 'never' })
    wire.end({ code: 'network', message: 'closed' })
    const error: unknown = await session.catch((reason: unknown) => reason)
    expect(isChatError(error) && error.code).toBe('forbidden')
    expect(ends).toEqual(['forbidden'])
    expect(context.signal.aborted).toBe(false)
  })

  it('that this side wants says goodbye, and everything asked after it is refused at once', async () => {
    const { wire, context, session } = await welcomed()
    context.abort()
    expect(wire.sent.at(-1)).toEqual({ t: 'bye' })
    expect(wire.isClosed()).toBe(true)
    const heard = context.events.length
    wire.say(anEvent(1))
    expect(context.events).toHaveLength(heard)
    expect(await session.send(draft(1))).toEqual({ outcome: 'unknown' })
    await expect(session.history({ c: 'c_1', limit: 5 })).rejects.toMatchObject({ code: 'network' })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('history on the wire', () => {
  const page = (rid: string, from: number, to: number, more: object = {}) => {
    const events = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => {
      const { t: _t, ...event } = anEvent(from + index)
      return event
    })
    return { t: 'page', rid, c: 'c_1', epoch: 'e1', head: 120, events, more: to < 120, lastN: 0, cursors: [], ...more }
  }
  const asked = (wire: ReturnType<typeof fakeWire>) => wire.sent.at(-1) as { rid: string; from: number; limit: number; sub?: true; epoch?: string }
  const flush = () => vi.advanceTimersByTimeAsync(0)

  it('reads the newest in two steps when it does not know where they begin', async () => {
    const { wire, session } = await welcomed()
    const reading = session.history({ c: 'c_1', limit: 50, subscribe: true })
    expect(asked(wire)).toMatchObject({ from: 1, limit: 50, sub: true })
    wire.say(page(asked(wire).rid, 1, 50))
    await flush()
    expect(asked(wire)).toMatchObject({ from: 71, limit: 50 })
    expect(asked(wire).sub).toBeUndefined()
    wire.say(page(asked(wire).rid, 71, 120))
    const { messages, more, log } = await reading
    expect([messages[0]?.order, messages.at(-1)?.order, more, log.head]).toEqual([71, 120, true, 120])
  })

  it('reads the newest in one step when it knows', async () => {
    const conversations = [{ c: 'c_1', epoch: 'e1', head: 120, state: 'open', department: null, updatedAt: 5 }]
    const { wire, session } = await welcomed({ welcome: { conversations } })
    const reading = session.history({ c: 'c_1', limit: 50 })
    expect(asked(wire)).toMatchObject({ from: 71, limit: 50 })
    wire.say(page(asked(wire).rid, 71, 120))
    expect((await reading).messages).toHaveLength(50)
  })

  it('reads backward, over pages that are cut short by their bytes', async () => {
    const { wire, session } = await welcomed()
    const reading = session.history({ c: 'c_1', before: { order: 31, cursor: '31' }, limit: 20 })
    expect(asked(wire)).toMatchObject({ from: 11, limit: 20 })
    wire.say(page(asked(wire).rid, 11, 18))
    await flush()
    expect(asked(wire)).toMatchObject({ from: 19, limit: 12 })
    wire.say(page(asked(wire).rid, 19, 30))
    const { messages, more } = await reading
    expect([messages.map(({ order }) => order).at(0), messages.length, more]).toEqual([11, 20, true])
  })

  it('reads forward, and says when the log is another', async () => {
    const { wire, session } = await welcomed()
    const after = { c: 'c_1', epoch: 'e1', have: 7, cursor: '7' }
    const reading = session.history({ c: 'c_1', after, limit: 200 })
    expect(asked(wire)).toMatchObject({ from: 8, limit: 200, epoch: 'e1' })
    wire.say(page(asked(wire).rid, 8, 120, { cursors: [{ by: { role: 'agent', id: 'o_ben' }, delivered: 9, read: 9 }] }))
    expect((await reading).messages).toHaveLength(113)
    for (const other of [{ epoch: 'e2' }, { head: 5, events: [], more: false }]) {
      const again = session.history({ c: 'c_1', after, limit: 200 })
      wire.say(page(asked(wire).rid, 1, 3, other))
      const { messages, log } = await again
      expect([messages.length, log.reset]).toEqual([0, true])
    }
  })

  it('of a conversation that is not there is refused', async () => {
    const { wire, session } = await welcomed()
    const reading = session.history({ c: 'c_1', limit: 5 })
    wire.say({ t: 'err', code: 'conversation_gone', retry: 'never', ref: asked(wire).rid })
    await expect(reading).rejects.toMatchObject({ code: 'conversation_gone' })
  })
})
