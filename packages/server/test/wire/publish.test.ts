import { isBlankText } from '@porchlight/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PublishOutcome } from '../../src/chat/chat-service.types.js'
import type { Subject } from '../../src/chat/subject.js'
import { newDevice, newMessageId } from '../domain/new-ids.js'
import { startBusyWorld, startWorld, type World } from '../domain/world.js'

const texts = ['one', 'two', ''] as const
const writers = ['phone', 'tablet', 'desk'] as const

/** One attempt: whose device, which of a few ids, how far from the number that comes next, and what. */
interface Step {
  readonly writer: (typeof writers)[number]
  readonly id: number
  readonly offset: number
  readonly text: (typeof texts)[number]
}

const step: fc.Arbitrary<Step> = fc.record({
  writer: fc.constantFrom(...writers),
  id: fc.nat(7),
  offset: fc.constantFrom(0, 0, 0, -2, -1, 1),
  text: fc.constantFrom(...texts)
})

/** The rules, as simply as they can be said. */
function createModel() {
  const stored = new Map<string, { readonly text: string; readonly order: number }>()
  const refusals = new Map<string, string>()
  const lastN = new Map<string, number>()
  let order = 0

  return {
    nextN: (writer: string) => (lastN.get(writer) ?? 0) + 1,
    apply: ({ writer, id, text }: Step, n: number): string => {
      const author = writer === 'desk' ? 'agent' : 'visitor'
      const next = (lastN.get(writer) ?? 0) + 1
      const known = stored.get(`${author} ${id}`)
      if (known?.text === text) return `again ${known.order}`
      if (known) {
        if (n === next) lastN.set(writer, n)
        return 'id_conflict'
      }
      if (n > next) return `order ${next}`
      if (n < next) return refusals.get(`${writer} ${id}`) ?? `order ${next}`
      lastN.set(writer, n)
      if (text === '') {
        refusals.set(`${writer} ${id}`, 'invalid')
        return 'invalid'
      }
      stored.set(`${author} ${id}`, { text, order: ++order })
      return `new ${order}`
    }
  }
}

async function makeConversation(world: World): Promise<{ readonly c: string; readonly visitor: Subject & { kind: 'visitor' } }> {
  const { id } = await world.db.write('visitor.create', 'shop', 0)
  const visitor = { kind: 'visitor', site: 'shop', id } as const
  const { c } = await world.domain.chat.open('shop', visitor, { id: newMessageId(), address: null })
  return { c, visitor }
}

it('T5: whatever is sent twice, out of order or at once: one row an id, dense numbers, each author’s own order', async () => {
  const world = await startWorld()
  await world.ticketFor('ann')
  const agent: Subject = { kind: 'operator', site: 'shop', id: 'ann', name: 'Ann', role: 'agent' }

  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 8 }), async (bursts) => {
      const { c, visitor } = await makeConversation(world)
      const devices = Object.fromEntries(writers.map((writer) => [writer, newDevice()]))
      const ids = Array.from({ length: 8 }, newMessageId)
      const model = createModel()
      const orders = new Map<number, number>()

      for (const burst of bursts) {
        const expected: string[] = []
        const outcomes = burst.map((each) => {
          const n = Math.max(1, model.nextN(each.writer) + each.offset)
          expected.push(model.apply(each, n))
          const place = { device: devices[each.writer] as string, n }
          return world.domain.chat.publish('shop', each.writer === 'desk' ? agent : visitor, {
            c,
            id: ids[each.id] as string,
            k: 'text',
            body: { text: each.text },
            place
          })
        })
        for (const [index, outcome] of (await Promise.all(outcomes)).entries()) expect(describe(outcome, orders)).toBe(expected[index])
      }

      const { events, head } = await world.domain.chat.read('shop', agent, { c, from: 1, limit: 200 })
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, index) => index + 1))
      const keys = events.map(({ by, id }) => `${by.id} ${id}`)
      expect(new Set(keys).size).toBe(keys.length)
      expect([...orders.keys()].sort((a, b) => a - b)).toEqual(events.filter(({ k }) => k === 'text').map(({ seq }) => seq))
    }),
    { numRuns: 60 }
  )
}, 60_000)

/** An outcome in the model's words; `orders` maps each `seq` to its place among the stored messages. */
function describe(outcome: PublishOutcome, orders: Map<number, number>): string {
  if (outcome.outcome === 'refused') return outcome.code === 'order' ? `order ${outcome.expectN}` : outcome.code
  if (outcome.isDuplicate) return `again ${orders.get(outcome.seq)}`
  expect(orders.has(outcome.seq)).toBe(false)
  expect(outcome.seq).toBeGreaterThan(Math.max(0, ...orders.keys()))
  orders.set(outcome.seq, orders.size + 1)
  return `new ${orders.get(outcome.seq)}`
}

it('T7: a text that is too long is refused for ever, and what comes after it goes on', async () => {
  const world = await startWorld()
  const { c, visitor } = await makeConversation(world)
  const device = newDevice()
  const publish = (n: number, id: string, text: string) =>
    world.domain.chat.publish('shop', visitor, { c, id, k: 'text', body: { text }, place: { device, n } })
  const longId = newMessageId()
  expect(await publish(1, longId, 'x'.repeat(8_001))).toMatchObject({ code: 'too_large' })
  expect(await publish(2, newMessageId(), 'fine')).toMatchObject({ outcome: 'stored', seq: 1 })
  expect(await publish(1, longId, 'x'.repeat(8_001))).toMatchObject({ code: 'too_large' })
})

it('T6: a message above the rate waits, keeps its turn, and passes later', async () => {
  const limits = { messageBurst: { count: 2, perMs: 60_000 } }
  const world = await startWorld({ limits })
  const { c, visitor } = await makeConversation(world)
  const device = newDevice()
  const publish = (n: number, id = newMessageId()) =>
    world.domain.chat.publish('shop', visitor, { c, id, k: 'text', body: { text: `${n}` }, place: { device, n } })
  const first = newMessageId()
  await publish(1, first)
  await publish(2)
  const refused = await publish(3)
  expect(refused).toMatchObject({ code: 'rate_limited' })
  expect(refused.outcome === 'refused' && refused.afterMs).toBeGreaterThan(50_000)
  expect(await publish(4)).toMatchObject({ code: 'order', expectN: 3 })
  expect(await publish(1, first)).toMatchObject({ outcome: 'stored', isDuplicate: true })
})

it('T75: text comes back byte for byte', async () => {
  const world = await startWorld()
  const { c, visitor } = await makeConversation(world)
  const device = newDevice()
  let n = 0
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).filter((text) => !isBlankText(text) && !text.includes('\0')),
      async (text) => {
        const outcome = await world.domain.chat.publish('shop', visitor, {
          c,
          id: newMessageId(),
          k: 'text',
          body: { text },
          place: { device, n: ++n }
        })
        const seq = outcome.outcome === 'stored' ? outcome.seq : 0
        const { events } = await world.domain.chat.read('shop', visitor, { c, from: seq, limit: 1 })
        expect(events[0]?.data).toEqual({ text })
      }
    ),
    { numRuns: 40 }
  )
}, 20_000)

it('a viewer may read, and changes nothing', async () => {
  const world = await startBusyWorld()
  const { c, visitor } = await makeConversation(world)
  await world.domain.chat.publish('shop', visitor, { c, id: newMessageId(), k: 'text', body: { text: 'Hello' } })
  const viewer: Subject = { kind: 'operator', site: 'shop', id: 'vic', name: 'Vic', role: 'viewer' }
  expect((await world.domain.chat.read('shop', viewer, { c, from: 1, limit: 9 })).events).toHaveLength(1)
  expect(await world.domain.chat.publish('shop', viewer, { c, id: newMessageId(), k: 'text', body: { text: 'Hi' } })).toMatchObject({
    code: 'forbidden'
  })
  await expect(world.domain.chat.setConversationState('shop', viewer, { c, state: 'closed' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await world.domain.chat.moveCursor('shop', viewer, { c, delivered: 1, read: 1 })).toBeNull()
})
