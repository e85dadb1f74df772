import { createConnection } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type OpenWire, porchlightAdapter } from '../src/porchlight/porchlight-adapter.js'
import { openWireSession } from '../src/porchlight/wire-session.js'
import { aContext, aWelcome, fakeWire } from './fake-wire.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function welcomed(welcome: object, credential: { token?: string; ticket?: string } = { token: 'plv_x' }) {
  const wire = fakeWire()
  const context = aContext()
  const address = { server: 'https://chat.example.com', site: 'shop', fetch }
  const opening = openWireSession({ address, openWire: wire.open, context, credential, onWelcome: () => undefined, onEnd: () => undefined })
  wire.stand()
  wire.say(aWelcome({ hb: { every: 1e9, grace: 0 }, ...welcome }))
  const asked = () => wire.sent.filter(({ t }) => t === 'auth')
  return { wire, context, session: await opening, asked }
}

const id = '01900000-0000-7000-8000-000000000001'
const draft = { c: 'c_1', id, n: 1, k: 'text', body: { text: 'x' } }

describe('a credential', () => {
  it.each([
    [0, 72_000],
    [0.5, 80_000],
    [0.999, 87_900]
  ])('is renewed when four fifths of its time are over, a tenth earlier or later (by chance: %d)', async (chance, atMs) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance)
    const { asked, wire } = await welcomed({ exp_in: 100_000 })
    await vi.advanceTimersByTimeAsync(atMs - 1)
    expect(asked()).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(asked()).toEqual([{ t: 'auth', token: 'plv_x' }])
    wire.say({ t: 'authok', exp_in: 100_000 })
    await vi.advanceTimersByTimeAsync(atMs + 100)
    expect(asked()).toHaveLength(2)
  })

  it('of a hundred years, or without an end, is not renewed at once', async () => {
    for (const welcome of [{ exp_in: 3e12 }, {}]) {
      const { asked } = await welcomed(welcome)
      await vi.advanceTimersByTimeAsync(86_400_000)
      expect(asked()).toEqual([])
    }
  })

  it('that was rotated is kept, and renewed in its new form', async () => {
    const { asked, wire, context } = await welcomed({ exp_in: 1_000 })
    await vi.advanceTimersByTimeAsync(1_000)
    wire.say({ t: 'authok', token: 'plv_new', exp_in: 1_000 })
    expect(context.events.at(-1)).toEqual({ type: 'saved', saved: { token: 'plv_new' } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked().at(-1)).toEqual({ t: 'auth', token: 'plv_new' })
  })

  it('is not renewed any more where its connection has ended, and never where it is a ticket', async () => {
    const ended = await welcomed({ exp_in: 1_000 })
    ended.context.abort()
    const ticket = await welcomed({ exp_in: 1_000 }, { ticket: 'plt_x' })
    await vi.advanceTimersByTimeAsync(100_000)
    expect([ended.asked(), ticket.asked()]).toEqual([[], []])
  })

  it('T54: that ran out while texts were on their way is renewed once, on the same connection, and the text may go out again', async () => {
    const { asked, session, wire } = await welcomed({ exp_in: 1e9 })
    const sending = [session.send(draft), session.send({ ...draft, id: id.replace(/1$/, '2'), n: 2 })]
    for (const sent of sending) sent.catch(() => undefined)
    for (const { id: refused } of wire.sent.filter(({ t }) => t === 'pub')) wire.say({ t: 'nack', id: refused, code: 'auth_expired', retry: 'auth' })
    await expect(sending[0]).rejects.toMatchObject({ code: 'auth_expired', retry: 'auth' })
    expect(asked()).toHaveLength(1)
    wire.say({ t: 'authok', exp_in: 1e9 })
    const again = session.send(draft)
    wire.say({ t: 'ack', id, c: 'c_1', epoch: 'e1', seq: 1, ts: 5 })
    expect(await again).toMatchObject({ outcome: 'stored' })
    expect(wire.isClosed()).toBe(false)
  })

  it('of an operator that ran out ends the connection, so that the next one brings another', async () => {
    const { context, session, wire } = await welcomed({}, { ticket: 'plt_x' })
    session.send(draft).catch(() => undefined)
    wire.say({ t: 'nack', id, code: 'auth_expired', retry: 'auth' })
    expect(context.events.at(-1)).toMatchObject({ type: 'closed', error: { code: 'auth_expired' } })
  })
})

it('T55: a provider of credentials that are refused is asked three times; then it is said, and what was written stays', async () => {
  // The next attempt comes as late as it may: by chance it came within the moment that is looked at.
  const env = memoryEnv({ random: (bytes) => bytes.fill(255) })
  let tickets = 0
  const pollWire: OpenWire = (address, handlers) => {
    const wire = fakeWire()
    const opened = wire.open(address, handlers)
    queueMicrotask(() => {
      wire.stand()
      wire.end({ code: 'unauthorized', message: 'the ticket is not good' })
    })
    return opened
  }
  const adapter = porchlightAdapter({
    server: 'https://chat.example.com',
    site: 'shop',
    WebSocket: null,
    poll: async () => ({ pollWire }),
    credential: async () => ({ ticket: `plt_${tickets++}` })
  })
  const errors: Error[] = []
  const connection = createConnection({ env, adapter, onError: (error) => void errors.push(error) })
  connection.connect()
  await env.advance(10)
  void connection.log('c_1').publish('text', { text: 'kept' })
  await env.advance(3_600_000)
  expect(tickets).toBe(3)
  expect(connection.$connection.get()).toMatchObject({ state: 'failed', error: { code: 'unauthorized' } })
  expect(connection.$outbox.get().count).toBe(1)
  expect(errors).toMatchObject([{ code: 'unauthorized' }])
  connection.connect()
  await env.advance(10)
  expect(tickets).toBe(4)
  connection.destroy()
})
