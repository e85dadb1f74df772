import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../adapter.js'
import { emptyRun, haveOf, insert, prepend, type Run, seed } from './merge.js'

const dense = { isDense: true, isCaughtUp: true }
const loose = { isDense: false, isCaughtUp: true }

function aMessage(order: number, id = `id-${order}`): Message {
  return { c: 'c', id, cursor: `${order}`, order, at: order, by: { role: 'visitor', id: 'v' }, k: 'text', body: { text: `${order}` } }
}

const ordersOf = ({ messages }: Run): number[] => messages.map(({ order }) => order)

describe('a dense log', () => {
  it('shows every entry once and in order, however often and in whatever order it arrives', () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 120 })
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 5 }), (orders, size) => {
        let run = emptyRun
        for (let index = 0; index < orders.length; index += size)
          run = insert(
            run,
            orders.slice(index, index + size).map((order) => aMessage(order)),
            dense
          )
        const seen = new Set(orders)
        let have = 0
        while (seen.has(have + 1)) have++
        expect(ordersOf(run)).toEqual(Array.from({ length: have }, (_, index) => index + 1))
        expect(run.held.map(({ order }) => order)).toEqual([...seen].filter((order) => order > have).sort((a, b) => a - b))
      })
    )
  })

  it('holds what is above a hole until the hole is filled', () => {
    const torn = insert(emptyRun, [aMessage(1), aMessage(3)], dense)
    expect(ordersOf(torn)).toEqual([1])
    expect(ordersOf(insert(torn, [aMessage(2)], dense))).toEqual([1, 2, 3])
  })

  it('keeps at most 200 entries above a hole, the ones nearest to it', () => {
    const run = insert(
      emptyRun,
      Array.from({ length: 300 }, (_, index) => aMessage(index + 2)),
      dense
    )
    expect(run.held).toHaveLength(200)
    expect(run.held.at(-1)?.order).toBe(201)
  })

  it('stays the same object when nothing is new', () => {
    const run = insert(emptyRun, [aMessage(1), aMessage(3)], dense)
    expect(insert(run, [aMessage(1), aMessage(3)], dense)).toBe(run)
  })

  it('shows an id once, even under two numbers', () => {
    const run = insert(emptyRun, [aMessage(1, 'same'), aMessage(2, 'same'), aMessage(3)], dense)
    expect(run.messages.map(({ id }) => id)).toEqual(['same', 'id-3'])
  })

  it('begins above what is held elsewhere', () => {
    const run = insert({ ...emptyRun, base: 41 }, [aMessage(41), aMessage(43), aMessage(42)], dense)
    expect(ordersOf(run)).toEqual([42, 43])
    expect(haveOf({ ...emptyRun, base: 41 })).toBe(41)
  })
})

describe('a first page', () => {
  it('begins the log in the middle, and what was held above it follows', () => {
    const waiting = insert(emptyRun, [aMessage(52), aMessage(40)], dense)
    expect(ordersOf(seed(waiting, [aMessage(50), aMessage(51)], dense))).toEqual([50, 51, 52])
  })

  it('adds to what is there', () => {
    const run = insert(emptyRun, [aMessage(1)], dense)
    expect(ordersOf(seed(run, [aMessage(1), aMessage(2)], dense))).toEqual([1, 2])
  })

  it('that is empty changes nothing', () => {
    expect(seed(emptyRun, [], dense)).toBe(emptyRun)
  })
})

describe('older entries', () => {
  const run = seed(emptyRun, [aMessage(10), aMessage(11)], dense)

  it('go in front when they reach the first', () => {
    expect(ordersOf(prepend(run, [aMessage(8), aMessage(9)], true))).toEqual([8, 9, 10, 11])
  })

  it('are of no use when they leave a hole', () => {
    expect(prepend(run, [aMessage(7), aMessage(8)], true)).toBe(run)
  })

  it('of a log without density only have to be older', () => {
    expect(ordersOf(prepend(run, [aMessage(3), aMessage(10)], false))).toEqual([3, 10, 11])
  })

  it('that are there already change nothing', () => {
    expect(prepend(run, [aMessage(10, 'other')], false)).toBe(run)
    expect(prepend(run, [aMessage(9, 'id-11')], true)).toBe(run)
    expect(prepend(run, [], false)).toBe(run)
  })

  it('of an empty log are no older ones', () => {
    expect(prepend(emptyRun, [aMessage(1)], true)).toBe(emptyRun)
  })
})

describe('a log without density', () => {
  it('appends what is later once everything up to now was read', () => {
    const run = insert(emptyRun, [aMessage(3), aMessage(9)], loose)
    expect(ordersOf(insert(run, [aMessage(9), aMessage(20)], loose))).toEqual([3, 9, 20])
  })

  it('holds what arrives before that', () => {
    const early = insert(emptyRun, [aMessage(20)], { isDense: false, isCaughtUp: false })
    expect(ordersOf(early)).toEqual([])
    expect(ordersOf(insert(early, [aMessage(3)], loose))).toEqual([3, 20])
  })
})
