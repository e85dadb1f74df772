import { type Clock, systemClock } from '../clock.js'
import { defaultRates } from '../limits/default-rates.js'
import type { Bucket } from '../limits/limits.types.js'
import { createTurnstile } from './turnstile.js'
import { measureProcess, type Vitals, watchVitals } from './vitals.js'

/** What admitting works with. */
export interface AdmissionOptions {
  readonly clock: Clock
  /** Hellos that are answered, at most. Default: the built-in rate. */
  readonly rate?: Bucket | undefined
  /** How the process is. Default: what it measures about itself. */
  readonly vitals?: Vitals | undefined
}

/** Decides whether one more may come in. Every answer is the wait in milliseconds; 0 means come in. */
export interface Admission {
  /** Somebody has opened a socket, which costs memory before he says anything. */
  readonly socket: () => number
  /** Somebody says hello, which costs reads, and a share of the event loop from then on. */
  readonly hello: () => number
  /** Over how long so many connections come back at the rate at which they are let in, in milliseconds. */
  readonly windowMs: (connections: number) => number
  readonly stop: () => void
}

/** A server that is not well needs a while to recover. */
const unwellWaitMs = 5_000
/** Even few spread a little; and clients wait no longer than a supervisor does before it kills. */
const leastWindowMs = 1_000
const mostWindowMs = 25_000

/** Makes the door. */
export function createAdmission({ clock, rate = defaultRates.hellos, vitals = ownVitals() }: AdmissionOptions): Admission {
  const turnstile = createTurnstile(rate)
  return {
    socket: () => (vitals.isMemoryShort() ? turnstile.sendAway(clock.now(), unwellWaitMs) : 0),
    hello: () => (vitals.isLate() ? turnstile.sendAway(clock.now(), unwellWaitMs) : turnstile.pass(clock.now())),
    windowMs: (connections) => Math.min(mostWindowMs, Math.max(leastWindowMs, turnstile.durationMs(connections))),
    stop: vitals.stop
  }
}

function ownVitals(): Vitals {
  return watchVitals(systemClock, measureProcess())
}
