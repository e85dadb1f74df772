import { type FastClock, fastClock } from '../faults/fast-clock.js'

/** A clock that remembers for when its callers asked, however late a busy machine calls them back. */
export interface PunctualClock extends FastClock {
  /** Within a timer's callback: when it was due. */
  readonly dueAt: () => number
}

/** Time passes `speed` times as fast as the machine's. */
export function punctualClock(speed: number): PunctualClock {
  const clock = fastClock(speed)
  let dueAt = clock.now()
  return {
    ...clock,
    dueAt: () => dueAt,
    setTimer: (callback, delayMs) => {
      const due = clock.now() + delayMs
      return clock.setTimer(() => {
        dueAt = due
        callback()
      }, delayMs)
    }
  }
}
