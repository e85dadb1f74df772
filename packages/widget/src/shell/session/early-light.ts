import type { AvailabilityView } from '@porchlight/core'
import type { Availability } from '@porchlight/protocol'

const lookMs = 60_000
const unknown: AvailabilityView = { rev: 0, state: 'unknown', reason: 'stale', at: 0 }

/** What the light ahead of a chat needs. */
export interface EarlyLightDetails {
  /** Asks without a session; undefined where nobody may be asked. */
  readonly ask: () => Promise<Availability | undefined>
  /** Whether a connection does not tell yet. */
  readonly isWanted: () => boolean
  readonly signal: AbortSignal
}

/** Who is home, as far as it is known before there is a connection. */
export interface EarlyLight {
  /** `at` is 0: no connection has said so. */
  readonly get: () => AvailabilityView
  readonly listen: (listener: () => void) => () => void
  /** When it was learned, in milliseconds since 1970; 0 before. */
  readonly learnedAt: () => number
  /** The element came near the window, or went away from it. */
  readonly setNear: (isNear: boolean) => void
  /** Settles with the first answer, or when none is on its way. */
  readonly settled: Promise<void>
}

/** Asks while the element is near the window and the page is visible, at most once a minute. A failure shows nothing. */
export function createEarlyLight({ ask, isWanted, signal }: EarlyLightDetails): EarlyLight {
  const listeners = new Set<() => void>()
  let view = unknown
  let learnedAt = 0
  let isNear = false
  let isDue = true
  let isAsking = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let settle!: () => void
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })

  async function look(): Promise<void> {
    if (isDue && isNear && !document.hidden && isWanted() && !signal.aborted) {
      isDue = false
      isAsking = true
      timer = setTimeout(() => {
        isDue = true
        void look()
      }, lookMs)
      const answer = await ask().catch(() => undefined)
      isAsking = false
      if (signal.aborted) return
      view = answer ? { ...answer, at: 0 } : unknown
      learnedAt = answer ? Date.now() : 0
      for (const listener of listeners) listener()
    }
    if (!isAsking) settle()
  }

  document.addEventListener('visibilitychange', look, { signal })
  signal.addEventListener('abort', () => clearTimeout(timer))
  return {
    get: () => view,
    learnedAt: () => learnedAt,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setNear(next) {
      isNear = next
      void look()
    },
    settled
  }
}
