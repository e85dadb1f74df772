import type { AnswerTimes } from '@porchlight/protocol'

/** Fewer than this say nothing about the next one. */
const minSamples = 5

/**
 * What waits come to: how many, the middle one, the one that nine of ten do not exceed, and the share that ended within the target.
 * Each is a wait that somebody really had; none is told from fewer than five.
 *
 * @param waitsMs Milliseconds each, in any order.
 *
 * @example answerTimes([1_000, 2_000, 3_000, 4_000, 60_000], 5_000) // { count: 5, medianMs: 3000, p90Ms: 60000, shareWithinTarget: 0.8, targetMs: 5000 }
 */
export function answerTimes(waitsMs: readonly number[], targetMs: number): AnswerTimes {
  const count = waitsMs.length
  if (count < minSamples) return { count, medianMs: null, p90Ms: null, shareWithinTarget: null, targetMs }
  const sorted = [...waitsMs].sort((a, b) => a - b)
  const within = sorted.filter((waitMs) => waitMs <= targetMs).length
  return { count, medianMs: percentile(sorted, 50), p90Ms: percentile(sorted, 90), shareWithinTarget: within / count, targetMs }
}

/** The least of the waits that so many of a hundred do not exceed (nearest rank). Counted in whole numbers: 0.9 times 70 is not 63 for a computer. */
function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] as number
}
