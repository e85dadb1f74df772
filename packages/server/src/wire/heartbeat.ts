import type { Clock } from '../clock.js'

/** Options of {@link startHeartbeat}. */
export interface HeartbeatOptions {
  readonly clock: Clock
  readonly everyMs: number
  readonly graceMs: number
  /** Asks the client for a sign of life. */
  readonly ask: () => void
  /** No sign of life came in time. */
  readonly onDead: () => void
}

/** Watches over a connection. */
export interface Heartbeat {
  /** A sign of life came. */
  readonly heard: () => void
  readonly stop: () => void
}

/** Asks every `everyMs`, and calls the connection dead when nothing came for `graceMs` after that. */
export function startHeartbeat({ clock, everyMs, graceMs, ask, onDead }: HeartbeatOptions): Heartbeat {
  let isAwaiting = false
  let stopGrace: () => void = () => {}
  let stopNext: () => void = () => {}

  function next(): void {
    stopNext = clock.setTimer(() => {
      isAwaiting = true
      ask()
      stopGrace = clock.setTimer(() => {
        if (isAwaiting) onDead()
      }, graceMs)
      next()
    }, everyMs)
  }
  next()

  return {
    heard: () => {
      isAwaiting = false
    },
    stop: () => {
      stopNext()
      stopGrace()
    }
  }
}
