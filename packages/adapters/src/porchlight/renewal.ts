/** Longest time that a timer can wait. */
const timerMaxMs = 2 ** 31 - 1

/** Keeps a credential good while its connection stands. */
export interface Renewal {
  /** It is good for that long from now; undefined: without an end. */
  readonly goodFor: (durationMs: number | undefined) => void
  /** Asks for more time, once until that is answered. */
  readonly ask: () => void
  readonly stop: () => void
}

/**
 * Asks when four fifths of the time are over, a tenth of that earlier or later, so that what began together does not ask together. By
 * durations: what the clock of this device says does not matter. Each tab asks for itself, since asking twice does no harm.
 */
export function createRenewal(ask: () => void): Renewal {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsking = false
  const askOnce = () => {
    if (isAsking) return
    isAsking = true
    ask()
  }
  return {
    goodFor: (durationMs) => {
      isAsking = false
      clearTimeout(timer)
      if (durationMs !== undefined) timer = setTimeout(askOnce, Math.min(timerMaxMs, durationMs * 0.8 * (0.9 + 0.2 * Math.random())))
    },
    ask: askOnce,
    stop: () => clearTimeout(timer)
  }
}
