import type { ManualClock } from '@porchlight/core/testing'

/** A clock that runs ahead, for both sides of a wire: whoever waits half a minute by it waits a second or two. */
export interface FastClock extends ManualClock {
  /** How often a second of it fits into one of the machine's. */
  readonly speed: number
}

/** Time on this clock passes by itself, `speed` times as fast as the machine's; timers that are due late come late, as they would there. */
export function fastClock(speed: number): FastClock {
  const startedAt = Date.now()
  const start = performance.now()
  return {
    speed,
    now: () => Math.floor(startedAt + (performance.now() - start) * speed),
    setTimer: (callback, delayMs) => {
      const timer = setTimeout(callback, Math.max(0, delayMs) / speed)
      return () => clearTimeout(timer)
    },
    advance: () => Promise.reject(new Error('this clock runs by itself')),
    sleep: () => {
      throw new Error('this clock runs by itself')
    }
  }
}
