import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowWindow } from './use-row-window.js'

test('a long conversation begins with its last hundred entries', () => {
  expect(rowWindow(5_000, -1, true)).toEqual({ start: 4_900, end: 5_000 })
  expect(rowWindow(20, -1, true)).toEqual({ start: 0, end: 20 })
})

test('what is being read stays while others write, and a flood is cut at 500 rows', () => {
  expect(rowWindow(5_000, 4_900, false)).toEqual({ start: 4_900, end: 5_000 })
  expect(rowWindow(15_000, 4_900, false)).toEqual({ start: 4_900, end: 5_400 })
})

test('at the end, what came in before a few rows is drawn as well', () => {
  expect(rowWindow(60, 50, true)).toEqual({ start: 0, end: 60 })
  expect(rowWindow(60, 50, false)).toEqual({ start: 50, end: 60 })
})

test('back at the end, more than 300 rows are let go', () => {
  expect(rowWindow(5_000, 4_700, true).start).toBe(4_700)
  expect(rowWindow(5_001, 4_700, true).start).toBe(4_901)
})

test('never more than 500 rows, and at the end always the newest one', () => {
  const count = fc.integer({ min: 0, max: 20_000 })
  fc.assert(
    fc.property(count, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (entries, share, isAtBottom) => {
      const pinned = Math.floor(share * entries) - 1
      const { start, end } = rowWindow(entries, pinned, isAtBottom)
      expect(end - start).toBeLessThanOrEqual(500)
      expect(start).toBeGreaterThanOrEqual(0)
      if (isAtBottom) expect(end).toBe(entries)
    })
  )
})
