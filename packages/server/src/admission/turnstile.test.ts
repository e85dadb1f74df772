import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTurnstile } from './turnstile.js'

const perSecond = (count: number) => ({ count, perMs: 1_000 })

it('lets in no more than the bucket holds and what flowed in since, however people come', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (count, pauses) => {
      const turnstile = createTurnstile(perSecond(count))
      let now = 0
      let admitted = 0
      for (const pause of pauses) {
        now += pause
        if (turnstile.pass(now) === 0) admitted++
        expect(admitted).toBeLessThanOrEqual(count + (now * count) / 1_000 + 1e-6)
      }
    })
  )
})

it('tells each of a rush to wait longer than the one before, and at least a second', () => {
  const turnstile = createTurnstile(perSecond(100))
  for (let turn = 0; turn < 100; turn++) expect(turnstile.pass(0)).toBe(0)
  const waits = Array.from({ length: 1_000 }, () => turnstile.pass(0))
  expect(waits[0]).toBe(1_000)
  expect(waits.at(-1)).toBe(10_000)
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
})

it('forgets a rush as fast as it lets people in', () => {
  const turnstile = createTurnstile(perSecond(10))
  for (let turn = 0; turn < 200; turn++) turnstile.pass(0)
  for (let turn = 0; turn < 10; turn++) expect(turnstile.pass(60_000)).toBe(0)
  expect(turnstile.pass(60_000)).toBe(1_000)
})

it('is not confused by a clock that is set back', () => {
  const turnstile = createTurnstile(perSecond(1))
  expect(turnstile.pass(3_600_000)).toBe(0)
  expect(turnstile.pass(0)).toBeGreaterThan(0)
  expect(turnstile.pass(1_000)).toBe(0)
})

/** A client as the core is: away for the wait that he was told and up to as long again. */
interface Client {
  at: number
  attempts: number
}

/** The minimal standard generator of Park and Miller: fast, and repeated by its seed. */
function chanceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

it('T29: a rush that is told to wait comes back later than told, spread out, and everybody is in within three attempts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 1_000_000 }), (people, seed) => {
      const chance = chanceFrom(seed)
      const turnstile = createTurnstile(perSecond(1_500))
      let waiting: Client[] = Array.from({ length: people }, () => ({ at: 0, attempts: 0 }))
      let lastMs = 0
      while (waiting.length > 0) {
        const refused: Client[] = []
        for (const client of waiting.sort((a, b) => a.at - b.at)) {
          client.attempts++
          const afterMs = turnstile.pass(client.at)
          if (afterMs === 0) {
            lastMs = Math.max(lastMs, client.at)
            continue
          }
          refused.push({ at: client.at + afterMs * (1 + chance()), attempts: client.attempts })
        }
        for (const { attempts } of refused) expect(attempts).toBeLessThan(4)
        waiting = refused
      }
      expect(lastMs).toBeLessThanOrEqual(2_000 + 3 * turnstile.durationMs(people))
    }),
    { numRuns: 5 }
  )
})
