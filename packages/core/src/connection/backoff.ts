import type { Env } from '../env/env.js'
import { randomFraction } from './random-fraction.js'

/** First step of the backoff. */
const baseMs = 500
/** Longest wait between two attempts while the page can be seen. */
const visibleCapMs = 30_000
/** Longest wait while it cannot: nobody looks, and the battery counts. */
const hiddenCapMs = 300_000

/** What the next attempt depends on. */
export interface BackoffOptions {
  /** Failed attempts since the last good one, from 0. */
  readonly attempt: number
  readonly isVisible: boolean
  /** Earliest the other side wants us back. */
  readonly afterMs?: number | undefined
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/**
 * How long to wait before the next attempt: full jitter, uniform in [0, min(cap, 500 ms · 2^attempt)), because waits that are
 * the same for everybody bring everybody back at once (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015). A wait
 * that the server asked for is a minimum, spread over as much again. A page that nobody sees ends at one attempt in five minutes; by then
 * the steps before have spread everybody.
 */
export function backoffMs({ attempt, isVisible, afterMs = 0, random }: BackoffOptions): number {
  // 2^10 steps are beyond either cap; the bound keeps the power finite.
  const stepMs = baseMs * 2 ** Math.min(attempt, 10)
  const isResting = !isVisible && stepMs >= hiddenCapMs
  const own = isResting ? hiddenCapMs : random() * Math.min(isVisible ? visibleCapMs : hiddenCapMs, stepMs)
  return Math.max(own, spreadMs(afterMs, random()))
}

/** A wait that the other side asked for, spread over as much again; `share` in [0, 1). */
export function spreadMs(afterMs = 0, share: number): number {
  return afterMs > 0 ? afterMs + share * afterMs : 0
}

/** {@link backoffMs} by the randomness of `env`, for what a looking user waits for. */
export function retryDelayMs(env: Pick<Env, 'random'>, attempt: number, afterMs?: number): number {
  return backoffMs({ attempt, isVisible: true, afterMs, random: () => randomFraction(env.random) })
}
