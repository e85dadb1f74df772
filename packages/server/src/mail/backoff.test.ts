import fc from 'fast-check'
import { expect, it } from 'vitest'
import { restAfter } from './backoff.js'

it('a mail rests at least a second and at most a time that doubles from ten seconds to four hours', () => {
  const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), chance, (attempt, random) => {
      const restMs = restAfter(attempt, random)
      expect(restMs).toBeGreaterThanOrEqual(1_000)
      expect(restMs).toBeLessThan(Math.min(4 * 3_600_000, 10_000 * 2 ** (attempt - 1)))
    })
  )
  expect([1, 2, 3, 11, 12, 5_000].map((attempt) => restAfter(attempt, 0.999_999_999))).toEqual([
    9_999, 19_999, 39_999, 10_239_999, 14_399_999, 14_399_999
  ])
})
