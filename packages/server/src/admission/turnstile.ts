import type { Bucket } from '../limits/limits.types.js'

/** Nobody is sent away for less: a shorter wait would bring him back into the same rush. */
const leastWaitMs = 1_000
/** Nobody is sent away for longer: by then the rush is over, or the server is somebody else's concern. */
const mostWaitMs = 60_000

/** Lets people in at a rate, and tells those it sends away when there will be room for them. */
export interface Turnstile {
  /** Takes one in: 0. Or sends him away: how many milliseconds he waits at least. Whoever comes later in a rush waits longer. */
  readonly pass: (nowMs: number) => number
  /** Sends one away although there may be room. */
  readonly sendAway: (nowMs: number, atLeastMs: number) => number
  /** How long so many need to pass one after the other, in milliseconds. */
  readonly durationMs: (count: number) => number
}

/**
 * Makes a turnstile that starts with a full bucket of `count`, which fills by itself in `perMs`.
 *
 * Those who were sent away come back at a random moment between the wait they were told and twice that. So the k-th of a rush is told k / rate: then at most
 * ln 2 of the rate comes back at any moment, and everybody finds room the second time.
 */
export function createTurnstile({ count, perMs }: Bucket): Turnstile {
  const perMillisecond = count / perMs
  let room = count
  let sentAway = 0
  let lookedAtMs: number | undefined

  function look(nowMs: number): void {
    const passed = Math.max(0, nowMs - (lookedAtMs ?? nowMs)) * perMillisecond
    lookedAtMs = nowMs
    room = Math.min(count, room + passed)
    sentAway = Math.max(0, sentAway - passed)
  }

  function sendAway(nowMs: number, atLeastMs: number): number {
    look(nowMs)
    sentAway++
    return Math.min(mostWaitMs, Math.max(atLeastMs, leastWaitMs, Math.ceil(sentAway / perMillisecond)))
  }

  return {
    pass: (nowMs) => {
      look(nowMs)
      if (room < 1) return sendAway(nowMs, 0)
      room--
      return 0
    },
    sendAway,
    durationMs: (people) => Math.ceil(people / perMillisecond)
  }
}
