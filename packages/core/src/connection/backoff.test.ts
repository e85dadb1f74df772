import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.js'

const attempts = fc.nat(1_000)
const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('backoff', () => {
  it('stays below the step and the cap, which doubles from 500 ms', () => {
    fc.assert(
      fc.property(attempts, fractions, fc.boolean(), (attempt, fraction, isVisible) => {
        const delayMs = backoffMs({ attempt, isVisible, random: () => fraction })
        expect(delayMs).toBeGreaterThanOrEqual(0)
        expect(delayMs).toBeLessThanOrEqual(Math.min(isVisible ? 30_000 : 300_000, 500 * 2 ** attempt))
      })
    )
  })

  it('is never shorter than what the server asked for, nor longer than twice that beyond the own step', () => {
    fc.assert(
      fc.property(attempts, fractions, fc.integer({ min: 1, max: 600_000 }), (attempt, fraction, afterMs) => {
        const delayMs = backoffMs({ attempt, isVisible: true, afterMs, random: () => fraction })
        expect(delayMs).toBeGreaterThanOrEqual(afterMs)
        expect(delayMs).toBeLessThanOrEqual(Math.max(2 * afterMs, 30_000))
      })
    )
  })

  it('spreads a whole crowd evenly: no tenth of the span holds more than a fifth of it', () => {
    const buckets = Array.from({ length: 10 }, () => 0)
    for (let index = 0; index < 1_000; index++) {
      const delayMs = backoffMs({ attempt: 6, isVisible: true, random: () => (index * 0.618_034) % 1 })
      buckets[Math.floor(delayMs / 3_000)]! += 1
    }
    for (const count of buckets) expect(count).toBeLessThan(200)
  })

  it('retries a lone drop within half a second', () => {
    expect(backoffMs({ attempt: 0, isVisible: true, random: () => 0.999 })).toBeLessThan(500)
  })
})
