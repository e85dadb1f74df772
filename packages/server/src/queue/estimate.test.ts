import fc from 'fast-check'
import { expect, it } from 'vitest'
import { estimateMs, longWaitMs } from './estimate.js'

const minute = 60_000

it.each([
  [1, 1, 40_000, 1],
  [1, 5, 61_000, 2],
  [5, 5, 150_000, 3],
  [6, 5, 150_000, 5],
  [4, 1, 2 * minute, 10],
  [5, 1, 3 * minute, 15]
])('place %i with %i slots and answers in %i ms: %i minutes', (position, slots, answerMs, minutes) => {
  expect(estimateMs({ position, slots }, answerMs)).toBe(minutes * minute)
})

it('what is longer than a quarter of an hour is told as longer than that; nothing is made up', () => {
  expect(estimateMs({ position: 9, slots: 1 }, 2 * minute)).toBe(longWaitMs)
  expect(estimateMs({ position: 1, slots: 1 }, undefined)).toBeUndefined()
  expect(estimateMs({ position: 1, slots: 0 }, minute)).toBeUndefined()
})

it('is never shorter further back, or with fewer who answer', () => {
  const wait = (position: number, slots: number, answerMs: number) => estimateMs({ position, slots }, answerMs) ?? 0
  const few = fc.integer({ min: 1, max: 40 })
  fc.assert(
    fc.property(few, few, fc.integer({ min: 1, max: 20 * minute }), (position, slots, answerMs) => {
      expect(wait(position + 1, slots, answerMs)).toBeGreaterThanOrEqual(wait(position, slots, answerMs))
      expect(wait(position, slots, answerMs)).toBeGreaterThanOrEqual(wait(position, slots + 1, answerMs))
    })
  )
})
