import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PendingMessage } from '../connection.types.js'
import { emptyOutbox, fail, hasRoom, move, type OutboxState, offer, parseOutbox, put, renumber, retry, take, takeUp } from './outbox-state.js'

const empty = emptyOutbox('AAAAAAAAAAAAAAAAAAAAAA')

function anItem(id: string, c = 'c'): PendingMessage {
  return { c, id, n: 0, k: 'text', body: { text: id }, at: 0, state: 'pending' }
}

const numbersOf = (state: OutboxState, c = 'c'): number[] => state.items.filter((item) => item.c === c).map(({ n }) => n)

type Step = (state: OutboxState) => OutboxState
const ids = fc.constantFrom('a', 'b', 'd', 'e', 'f')
const logs = fc.constantFrom('c', 'other', '+local')
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(ids, logs).map(
    ([id, c]): Step =>
      (state) =>
        put(state, [anItem(id, c)])
  ),
  ids.map(
    (id): Step =>
      (state) =>
        take(state, new Set([id]))
  ),
  ids.map(
    (id): Step =>
      (state) =>
        fail(state, id, 'invalid')
  ),
  fc.tuple(ids, logs).map(
    ([id, c]): Step =>
      (state) =>
        retry(state, id, c)
  ),
  fc.constant<Step>((state) => move(state, { from: '+local', to: 'c' })),
  fc.tuple(logs, fc.integer({ min: 1, max: 9 })).map(
    ([c, n]): Step =>
      (state) =>
        renumber(state, c, n)
  )
)

describe('the outbox', () => {
  it('holds each id once, numbers grow in the order of writing, and the last number is remembered', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (walk) => {
        const state = walk.reduce((now, step) => step(now), empty)
        const all = state.items.map(({ id }) => id)
        expect(new Set(all).size).toBe(all.length)
        for (const c of ['c', 'other', '+local']) {
          const numbers = state.items.filter((item) => item.c === c && item.state === 'pending').map(({ n }) => n)
          expect([...numbers].sort((a, b) => a - b)).toEqual(numbers)
          expect(new Set(numbers).size).toBe(numbers.length)
          for (const n of numbers) expect(n).toBeLessThanOrEqual(state.lastN[c] ?? 0)
        }
      })
    )
  })

  it('gives dense numbers per log', () => {
    const state = put(put(put(empty, [anItem('a'), anItem('b')]), [anItem('x', 'other')]), [anItem('d')])
    expect(numbersOf(state)).toEqual([1, 2, 3])
    expect(numbersOf(state, 'other')).toEqual([1])
  })

  it('never gives a number twice, also after the item is gone', () => {
    const state = put(take(put(empty, [anItem('a')]), new Set(['a'])), [anItem('b')])
    expect(numbersOf(state)).toEqual([2])
  })

  it('keeps an id that is there as it is', () => {
    const state = put(empty, [anItem('a')])
    expect(put(state, [anItem('a')])).toBe(state)
  })

  it('sends a refused item again under the same id and the next number', () => {
    const state = retry(fail(put(empty, [anItem('a'), anItem('b')]), 'a', 'too_large'), 'a', 'c')
    expect(state.items.map(({ id, n, state: standing }) => [id, n, standing])).toEqual([
      ['b', 2, 'pending'],
      ['a', 3, 'pending']
    ])
    expect(state.items[1]).not.toHaveProperty('failure')
  })

  it('is not refused by the conversation that it has left', () => {
    const state = move(put(empty, [anItem('a')]), { from: 'c', to: 'other' })
    expect(fail(state, 'a', 'conversation_gone', 'c').items[0]?.state).toBe('pending')
    expect(fail(state, 'a', 'conversation_gone', 'other').items[0]?.state).toBe('failed')
  })

  it('retries only what was refused', () => {
    const state = put(empty, [anItem('a')])
    expect(retry(state, 'a', 'c')).toBe(state)
  })

  it('moves what was written before the conversation existed, in the order of writing', () => {
    const state = move(put(put(put(empty, [anItem('w')]), [anItem('a', '+new'), anItem('b', '+new')]), [anItem('x')]), { from: '+new', to: 'c' })
    expect(state.items.map(({ id, c, n }) => [id, c, n])).toEqual([
      ['w', 'c', 1],
      ['a', 'c', 2],
      ['b', 'c', 3],
      ['x', 'c', 4]
    ])
    expect(state.lastN).toEqual({ c: 4 })
  })

  it('moves under the numbers that come next where nothing waits', () => {
    const state = move({ ...put(empty, [anItem('a', '+new')]), lastN: { '+new': 1, c: 7 } }, { from: '+new', to: 'c' })
    expect(state.items.map(({ id, c, n }) => [id, c, n])).toEqual([['a', 'c', 8]])
  })

  it('leaves what waits under its number when something is moved behind it, whatever was refused or stored in between', () => {
    const refused = fail(put(empty, [anItem('a'), anItem('b'), anItem('d'), anItem('e')]), 'b', 'invalid')
    const state = move(put(take(refused, new Set(['d'])), [anItem('x', '+new'), anItem('y', '+new')]), { from: '+new', to: 'c' })
    expect(state.items.map(({ id, n }) => [id, n])).toEqual([
      ['a', 1],
      ['b', 2],
      ['e', 4],
      ['x', 5],
      ['y', 6]
    ])
    expect(state.lastN).toEqual({ c: 6 })
  })

  it('gives no number of a conversation again, also when all that waited there was moved away', () => {
    const state = move(put(empty, [anItem('a'), anItem('b')]), { from: 'c', to: '+next' })
    expect(numbersOf(state, '+next')).toEqual([1, 2])
    expect(numbersOf(put(state, [anItem('d')]))).toEqual([3])
  })

  it('revives what was refused only because its conversation is gone', () => {
    const state = move(fail(fail(put(empty, [anItem('a', 'x'), anItem('b', 'x')]), 'a', 'conversation_gone'), 'b', 'blocked'), { from: 'x', to: 'c' })
    expect(state.items.map((item) => item.state)).toEqual(['pending', 'failed'])
  })

  it('numbers anew from what the backend expects, without touching ids or refused items', () => {
    const state = renumber(fail(put(empty, [anItem('a'), anItem('b'), anItem('d')]), 'b', 'invalid'), 'c', 7)
    expect(state.items.map(({ id, n }) => [id, n])).toEqual([
      ['a', 7],
      ['b', 2],
      ['d', 8]
    ])
    expect(numbersOf(put(state, [anItem('e')]))).toEqual([7, 2, 8, 9])
  })

  it('puts what is offered again before what waits, once, under the numbers that it had', () => {
    const waiting = put(take(put(empty, [anItem('a'), anItem('b')]), new Set(['a', 'b'])), [anItem('d')])
    const state = offer(waiting, 'c', [anItem('a'), anItem('b'), anItem('d')])
    expect(state.items.map(({ id, n }) => [id, n])).toEqual([
      ['a', 1],
      ['b', 2],
      ['d', 3]
    ])
    expect(offer(state, 'c', [anItem('a')])).toBe(state)
    expect(numbersOf(offer({ ...empty, lastN: { c: 4 } }, 'c', [anItem('a')]))).toEqual([4])
    expect(numbersOf(offer(put(empty, [anItem('d')]), 'c', [anItem('a'), anItem('b')]))).toEqual([1, 2, 3])
  })

  it('leaves what waits under its number when something is offered, whatever was refused in between', () => {
    const waiting = fail(put({ ...empty, lastN: { c: 1 } }, [anItem('d'), anItem('e'), anItem('f')]), 'e', 'invalid')
    expect(numbersOf(offer(waiting, 'c', [anItem('a')]))).toEqual([1, 2, 3, 4])
  })

  it('puts what is offered behind what was offered before it, whichever tab knew of that; what waits there is of the new epoch, too', () => {
    const waiting = put({ ...empty, lastN: { c: 3 } }, [anItem('e')])
    const state = offer(offer(waiting, 'c', [anItem('a'), anItem('b')], 'e2'), 'c', [anItem('a'), anItem('b'), anItem('d')], 'e2')
    expect(state.items.map(({ id, n, epoch }) => [id, n, epoch])).toEqual([
      ['a', 2, 'e2'],
      ['b', 3, 'e2'],
      ['d', 4, 'e2'],
      ['e', 5, 'e2']
    ])
  })

  it('puts what an earlier page had offered before what waits, and what it had written behind', () => {
    const waiting = put({ ...empty, lastN: { c: 2 } }, [anItem('w')])
    const state = takeUp(waiting, [{ ...anItem('a'), epoch: 'e2' }, { ...anItem('b'), epoch: 'e2' }, anItem('z')])
    expect(state.items.map(({ id, epoch }) => [id, epoch])).toEqual([
      ['a', 'e2'],
      ['b', 'e2'],
      ['w', 'e2'],
      ['z', undefined]
    ])
  })

  it('offers under the numbers of its own log, whatever waits or was refused elsewhere', () => {
    const busy = fail(put(put(empty, [anItem('x', 'other'), anItem('y', 'other')]), [anItem('f'), anItem('w')]), 'f', 'invalid')
    const state = offer(busy, 'c', [anItem('a')])
    expect(state.items.filter(({ c }) => c === 'c').map(({ id, n }) => [id, n])).toEqual([
      ['a', 1],
      ['f', 1],
      ['w', 2]
    ])
    expect(offer(empty, 'c', [anItem('a')]).items[0]?.n).toBe(1)
  })

  it('takes at most 200 items and 1 MiB', () => {
    const items = Array.from({ length: 200 }, (_, index) => anItem(`${index}`))
    /** Its JSON has that many bytes. */
    const aBody = (bytes: number) => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) })
    expect(hasRoom(items.slice(1), {})).toBe(true)
    expect(hasRoom(items, {})).toBe(false)
    expect(hasRoom([], aBody(1_048_576))).toBe(true)
    expect(hasRoom([], aBody(1_048_577))).toBe(false)
    expect(hasRoom([{ ...anItem('a'), body: aBody(1_000_000) }], aBody(48_577))).toBe(false)
  })

  it.each([null, 'text', {}, { device: 'd' }, { device: 'd', lastN: {}, items: 'none' }])('does not read %j as an outbox', (value) => {
    expect(parseOutbox(value)).toBeUndefined()
  })

  it('reads what it wrote', () => {
    const state = put(empty, [anItem('a')])
    expect(parseOutbox(JSON.parse(JSON.stringify(state)))).toEqual(state)
  })
})
