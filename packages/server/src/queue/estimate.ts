import type { Place } from './lines.js'

const minuteMs = 60_000
/** What a wait is rounded up to. */
const steps = [1, 2, 3, 5, 10, 15].map((minutes) => minutes * minuteMs)
/** Told of every wait that is longer than the last step. */
export const longWaitMs: number = 20 * minuteMs

/**
 * How long somebody at a place waits: as many rounds as it takes until a slot is his, each as long as a first answer mostly takes. Rounded up to 1, 2, 3,
 * 5, 10 or 15 minutes; {@link longWaitMs} beyond that. Undefined where it is not known how long an answer takes, or nobody answers: a number that is made up
 * helps nobody.
 */
export function estimateMs({ position, slots }: Pick<Place, 'position' | 'slots'>, answerMs: number | undefined): number | undefined {
  if (answerMs === undefined || slots === 0) return undefined
  const waitMs = (Math.floor((position - 1) / slots) + 1) * answerMs
  return steps.find((step) => waitMs <= step) ?? longWaitMs
}
