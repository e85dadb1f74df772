import type { Availability } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Session } from '../adapter.js'
import type { AvailabilityView } from '../chat.types.js'
import type { Env } from '../env/env.js'
import { createStore } from '../store.js'

/** An answer older than this is not believed any more. */
const staleMs = 90_000
/** How often a backend that does not push is asked. */
const pollMs = 30_000

/** The newest word on who is home, for as long as it is fresh. */
export interface AvailabilityKeeper {
  readonly $availability: ReadableAtom<AvailabilityView>
  readonly arrived: (availability: Availability) => void
  /** Another session, or none. While a backend that pushes is connected, its last word is fresh. */
  readonly restart: (session: Session | null) => void
}

/**
 * Keeps availability: what is older than the last word of the same session is ignored, and after 90 s without a connection the
 * state is `unknown`. A backend that was restored counts from an earlier revision, so between sessions revisions say nothing.
 */
export function createAvailability(env: Env, report: (error: Error) => void): AvailabilityKeeper {
  const $availability = createStore<AvailabilityView>({ rev: 0, state: 'unknown', reason: 'stale', at: 0 })
  let session: Session | null = null
  /** Of the last word since the last session ended. */
  let rev = 0
  let stopWaiting: (() => void) | undefined

  const arrived = (availability: Availability) => {
    if (session && availability.rev < rev) return
    rev = availability.rev
    $availability.set({ ...availability, at: env.now() })
    watch()
  }

  const expire = () => {
    const { rev, state, at } = $availability.get()
    if (state !== 'unknown') $availability.set({ rev, state: 'unknown', reason: 'stale', at })
  }

  const ask = async (asked: Session) => {
    try {
      const answer = await asked.availability?.()
      if (answer && asked === session) arrived(answer)
    } catch (error) {
      report(error as Error)
    }
    if (asked === session && asked.caps.presence === 'poll') stopPolling = env.setTimer(() => void ask(asked), pollMs)
  }
  let stopPolling: (() => void) | undefined

  const watch = () => {
    stopWaiting?.()
    stopWaiting = session?.caps.presence === 'push' ? undefined : env.setTimer(expire, staleMs)
  }

  return {
    $availability,
    arrived,
    restart: (next) => {
      session = next
      if (!next) rev = 0
      stopPolling?.()
      watch()
      if (next?.availability) void ask(next)
    }
  }
}
