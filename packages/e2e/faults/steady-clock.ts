import { createManualClock } from '@porchlight/core/testing'
import type { FastClock } from './fast-clock.js'

/** A fast clock that stands while the process is held up: what is late on it is late by whoever is judged, not by the machine. */
export interface SteadyClock extends FastClock {
  /** Resolves when that much of its time has passed. */
  readonly pass: (durationMs: number) => Promise<void>
  readonly stop: () => void
}

/** However long a turn of the event loop took, no more of the machine's milliseconds than these count. */
const turnMaxMs = 4

/** Time on this clock passes `speed` times as fast as the machine's, in steps small enough for what crosses a socket meanwhile. */
export function steadyClock(speed: number): SteadyClock {
  const clock = createManualClock(Date.now())
  let last = performance.now()
  let isStopped = false
  const turn = async () => {
    const now = performance.now()
    const passedMs = Math.min(now - last, turnMaxMs)
    last = now
    await clock.advance(Math.round(passedMs * speed))
    if (!isStopped) setTimeout(() => void turn(), 1)
  }
  void turn()
  return {
    ...clock,
    speed,
    pass: (durationMs) => new Promise((resolve) => void clock.setTimer(resolve, durationMs)),
    stop: () => {
      isStopped = true
    }
  }
}
