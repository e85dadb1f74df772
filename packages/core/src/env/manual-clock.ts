/** A clock that a test moves. */
export interface ManualClock {
  readonly now: () => number
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  /** Moves on by that much, timer by timer, letting promises settle after each. */
  readonly advance: (durationMs: number) => Promise<void>
  /** Moves on without running anything: timers that were due meanwhile run late. */
  readonly sleep: (durationMs: number) => void
}

interface Timer {
  readonly at: number
  readonly number: number
  readonly callback: () => void
}

/**
 * A clock that stands at `startMs` until it is moved: hours pass in milliseconds, and always in the same order.
 *
 * @param startMs Milliseconds since 1970. Default: November 2023.
 *
 * @example
 * ```ts
 * import { createManualClock } from '@porchlight/core/testing'
 *
 * const clock = createManualClock()
 * clock.setTimer(() => console.log('an hour has passed'), 3_600_000)
 * await clock.advance(3_600_000)
 * ```
 */
export function createManualClock(startMs = 1_700_000_000_000): ManualClock {
  let nowMs = startMs
  let count = 0
  const timers = new Set<Timer>()

  const takeNext = (untilMs: number): Timer | undefined => {
    let next: Timer | undefined
    for (const timer of timers) {
      if (timer.at <= untilMs && (!next || timer.at < next.at || (timer.at === next.at && timer.number < next.number))) next = timer
    }
    if (next) timers.delete(next)
    return next
  }

  return {
    now: () => nowMs,
    setTimer: (callback, delayMs) => {
      const timer = { at: nowMs + Math.max(0, delayMs), number: ++count, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance: async (durationMs) => {
      const untilMs = nowMs + durationMs
      await settlePromises()
      for (let timer = takeNext(untilMs); timer; timer = takeNext(untilMs)) {
        nowMs = Math.max(nowMs, timer.at)
        timer.callback()
        await settlePromises()
      }
      nowMs = untilMs
    },
    sleep: (durationMs) => {
      nowMs += durationMs
    }
  }
}

/** Lets every promise that can settle without the outside world do so. */
async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < 128; turn++) await null
}
