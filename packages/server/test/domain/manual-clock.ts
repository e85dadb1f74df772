import type { Clock } from '../../src/clock.js'

/** A clock that only tests move. */
export interface ManualClock extends Clock {
  /** Moves on, calling every timer on its way at its own instant; what each starts may finish before the next. */
  readonly advance: (ms: number) => Promise<void>
  /** Wakes up later, as after a suspend: what fell due meanwhile is called once, now. */
  readonly jump: (ms: number) => Promise<void>
}

/** Starts at a round instant of 2026. */
export function createManualClock(startMs = 1_780_000_000_000): ManualClock {
  let now = startMs
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>()

  return {
    now: () => now,
    setTimer: (callback, delayMs) => {
      const timer = { at: now + delayMs, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance: async (ms) => {
      const end = now + ms
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers.delete(due)
        now = Math.max(now, due.at)
        due.callback()
        await turns()
      }
      now = end
      await turns()
    },
    jump: async (ms) => {
      now += ms
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer)
        timer.callback()
      }
      await turns()
    }
  }
}

/** Lets what waits for the event loop and for commits go on. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise(setImmediate)
}
