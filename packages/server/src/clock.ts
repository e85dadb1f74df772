/** Time, as everything in the server sees it. Tests hand in another one. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Calls back once after `delayMs`; returns its stop. */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
}

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs).unref()
    return () => clearTimeout(timer)
  }
}
