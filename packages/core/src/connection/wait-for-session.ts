import { ChatError } from '@porchlight/protocol'
import type { Session } from '../adapter.js'
import type { Env } from '../env/env.js'

/** What to wait with. */
export interface WaitForSessionOptions {
  readonly env: Env
  readonly session: () => Session | null
  readonly onSession: (callback: (session: Session | null) => void) => () => void
  /** Default 8,000: as long as a connection may take. */
  readonly waitMs?: number | undefined
}

/** The open session, or the next one within `waitMs`. Rejects with `offline` or `network`, at once when none is wanted any more. */
export function waitForSession({ env, session, onSession, waitMs = 8_000 }: WaitForSessionOptions): Promise<Session> {
  const open = session()
  if (open) return Promise.resolve(open)
  return new Promise((resolve, reject) => {
    const settle = (next: Session | null) => {
      stopWaiting()
      stopListening()
      if (next) resolve(next)
      else reject(new ChatError(env.isOnline() ? 'network' : 'offline', 'no connection'))
    }
    const stopWaiting = env.setTimer(() => settle(null), waitMs)
    const stopListening = onSession(settle)
  })
}
