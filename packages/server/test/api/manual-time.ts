import type { Clock } from '../../src/clock.js'

/** Time that passes only when it is told to; its timers never ring. */
export interface ManualTime extends Clock {
  readonly pass: (ms: number) => void
}

export function manualTime(): ManualTime {
  let now = Date.now()
  return {
    now: () => now,
    setTimer: () => () => {},
    pass(ms) {
      now += ms
    }
  }
}
