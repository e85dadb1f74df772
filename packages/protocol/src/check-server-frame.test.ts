import fc from 'fast-check'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { checkServerFrame } from './check-server-frame.js'
import { serverFrameSchemas } from './server-frame-schemas.js'
import type { ServerFrame } from './server-frames.js'

const by = { role: 'agent', id: 'o_1', name: 'Ann' } as const
const event = { c: 'c_1', epoch: 'e', seq: 1, ts: 5, by, k: 'text', id: 'i', data: { text: 'hi' } } as const
const cursor = { by, delivered: 2, read: 1 } as const
const avail = { rev: 3, state: 'online', reason: 'available', closesAt: 9 } as const
const samples: { readonly [T in ServerFrame['t']]: Extract<ServerFrame, { t: T }> } = {
  welcome: {
    t: 'welcome',
    v: 1,
    conn: 'x',
    session: 'pls',
    now: 1,
    hb: { every: 20_000, grace: 10_000 },
    limits: { text: 8_000, frame: 65_536 },
    durability: 'fsync',
    token: 'plv',
    you: { id: 'v_1', verified: false },
    subs: [{ c: 'c_1', epoch: 'e', head: 1, lastN: 0, reset: true, events: [event], more: false, cursors: [cursor] }],
    conversations: [{ c: 'c_1', epoch: 'e', head: 1, state: 'open', department: null, updatedAt: 4 }],
    avail,
    site: { requests: 'none' },
    exp_in: 1
  },
  ack: { t: 'ack', id: 'i', c: 'c_1', epoch: 'e', seq: 1, ts: 2, dup: true },
  nack: { t: 'nack', id: 'i', code: 'order', retry: 'later', after: 1, expectN: 2, next: 'reopen' },
  ev: { t: 'ev', ...event },
  page: { t: 'page', rid: 'r', c: 'c_1', epoch: 'e', head: 1, events: [event], more: true, lastN: 1, cursors: [cursor] },
  rcpt: { t: 'rcpt', c: 'c_1', ...cursor },
  typing: { t: 'typing', c: 'c_1', by, on: true, ttl: 6_000 },
  avail: { t: 'avail', ...avail },
  site: {
    t: 'site',
    form: {
      fields: [
        { id: 'topic', kind: 'select', label: { en: 'Topic' }, isRequired: true, options: [{ id: 'a', label: { en: 'A' } }] },
        { id: 'order', kind: 'text', label: { en: 'Order', pl: 'Zamówienie' } }
      ],
      consent: { label: { en: 'I agree' }, url: 'https://shop.example/privacy' }
    },
    words: { outsideHours: { en: 'Call us' }, longWait: {}, accepted: {}, noRequests: {} }
  },
  queue: { t: 'queue', c: 'c_1', position: 2, since: 5, estimate: 60_000 },
  ping: { t: 'ping', now: 1, heads: { c_1: 4 } },
  pong: { t: 'pong', echo: 1 },
  authok: { t: 'authok', exp_in: 1, token: 'plv' },
  drain: { t: 'drain', after: [1, 2], reason: 'restart' },
  err: { t: 'err', code: 'invalid', retry: 'never', after: 1, ref: 'i' }
}

/** A frame with one value, somewhere inside, replaced by something else, or one key removed or added. */
const damagedFrame = fc
  .tuple(
    fc.constantFrom(...Object.values(samples)),
    fc.nat(),
    fc.constantFrom('replace', 'remove', 'add'),
    fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 0.5, 2 ** 53, null))
  )
  .map(([sample, pick, how, value]) => {
    const frame = structuredClone(sample)
    const places: [Record<string, unknown>, string][] = []
    collectPlaces(frame, places)
    const [holder, key] = places[pick % places.length] as [Record<string, unknown>, string]
    if (how === 'remove') delete holder[key]
    else holder[how === 'add' ? `${key}x` : key] = value
    return JSON.parse(JSON.stringify(frame)) as unknown
  })

function collectPlaces(value: unknown, places: [Record<string, unknown>, string][]): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    places.push([value as Record<string, unknown>, key])
    collectPlaces(child, places)
  }
}

function bySchema(value: unknown): unknown {
  const t = (value as { t?: unknown } | null)?.t
  if (typeof t !== 'string' || !Object.hasOwn(serverFrameSchemas, t)) return undefined
  const result = v.safeParse(serverFrameSchemas[t as ServerFrame['t']] as v.GenericSchema, value)
  return result.success ? result.output : undefined
}

function sameVerdict(value: unknown): void {
  expect(checkServerFrame(value)).toEqual(bySchema(value))
}

it.each(Object.values(samples))('a whole $t frame passes unchanged', (sample) => {
  expect(checkServerFrame(sample)).toEqual(sample)
})

it('gives the schemas’ verdict and copy for every damaged frame', () => {
  fc.assert(fc.property(damagedFrame, sameVerdict), { numRuns: 3_000 })
})

it('gives the schemas’ verdict for any JSON', () => {
  fc.assert(fc.property(fc.jsonValue(), sameVerdict))
})

it('refuses a key that would reach a prototype', () => {
  const frame = JSON.parse('{"t":"ping","now":1,"heads":{"__proto__":5,"a":1}}')
  expect(Object.keys((checkServerFrame(frame) as { heads: object }).heads)).toEqual(['a'])
})
