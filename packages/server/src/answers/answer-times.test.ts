import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answerTimes } from './answer-times.js'

const waits = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 300 })
const shareAtMost = (all: readonly number[], limitMs: number): number => all.filter((each) => each <= limitMs).length / all.length

it('fewer than five waits come to no number but their count', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 4 }), fc.nat(), (few, targetMs) => {
      expect(answerTimes(few, targetMs)).toEqual({ count: few.length, medianMs: null, p90Ms: null, shareWithinTarget: null, targetMs })
    })
  )
})

it('the median and the ninetieth percentile are the least waits that so many did not exceed', () => {
  fc.assert(
    fc.property(waits, (all) => {
      const { medianMs, p90Ms } = answerTimes(all, 0)
      for (const [found, share] of [[medianMs, 0.5] as const, [p90Ms, 0.9] as const]) {
        expect(all).toContain(found)
        expect(shareAtMost(all, Number(found))).toBeGreaterThanOrEqual(share)
        expect(shareAtMost(all, Number(found) - 1)).toBeLessThan(share)
      }
    })
  )
})

it('the share is of those who waited no longer than the target, and the target itself is within it', () => {
  fc.assert(
    fc.property(waits, fc.nat(1_000), (all, targetMs) => {
      expect(answerTimes(all, targetMs).shareWithinTarget).toBe(shareAtMost(all, targetMs))
      expect(answerTimes([...all, targetMs], targetMs).shareWithinTarget).toBe(shareAtMost([...all, targetMs], targetMs))
    })
  )
})

it('the order of the waits changes nothing, and they are left as they were', () => {
  fc.assert(
    fc.property(waits, fc.nat(1_000), (all, targetMs) => {
      const given = [...all]
      expect(answerTimes([...all].reverse(), targetMs)).toEqual(answerTimes(given, targetMs))
      expect(given).toEqual(all)
    })
  )
})
