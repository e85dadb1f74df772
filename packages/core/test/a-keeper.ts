import { ChatError, type ErrorCode } from '@porchlight/protocol'
import type { ConnectContext, Session, SessionEvent } from '../src/adapter.js'
import type { ConnectionState } from '../src/chat.types.js'
import { createKeeper, type Keeper } from '../src/connection/keeper.js'
import type { Env } from '../src/env/env.js'
import { type LivingEnv, livingEnv } from '../src/env/living-env.js'
import { type MemoryEnv, memoryEnv } from '../src/env/memory-env.js'

/** One attempt of a keeper; the test is the other side. */
export interface Attempt {
  readonly context: ConnectContext
  readonly atMs: number
  readonly welcome: (session?: Partial<Session>) => Session
  readonly refuse: (code: ErrorCode, afterMs?: number) => void
}

/** A keeper in front of a backend that the test plays. */
export interface KeeperWorld {
  readonly env: MemoryEnv
  readonly life: LivingEnv
  readonly attempts: Attempt[]
  readonly sessions: (Session | null)[]
  readonly events: SessionEvent[]
  readonly failures: ErrorCode[]
  readonly badFrames: ErrorCode[]
  readonly keeper: Keeper
  readonly state: () => ConnectionState['state']
  readonly last: () => Attempt
  /** Lets time pass until the next attempt begins. */
  readonly nextAttempt: () => Promise<void>
}

/** A keeper that has not begun; `random` is a fraction that never changes, or fills bytes. */
export function aKeeper(random: number | Env['random'] = 0.5): KeeperWorld {
  const env = memoryEnv({ random: typeof random === 'number' ? (bytes) => bytes.fill(Math.floor(random * 256)) : random })
  const life = livingEnv(env)
  const attempts: Attempt[] = []
  const sessions: (Session | null)[] = []
  const events: SessionEvent[] = []
  const failures: ErrorCode[] = []
  const badFrames: ErrorCode[] = []
  const connect = (context: ConnectContext) =>
    new Promise<Session>((resolve, reject) => {
      attempts.push({
        context,
        atMs: env.now(),
        welcome: (session = {}) => {
          const made = session as Session
          resolve(made)
          return made
        },
        refuse: (code, afterMs) => reject(new ChatError(code, 'refused', { afterMs }))
      })
    })
  const keeper = createKeeper({
    adapter: { name: 'fake', scope: 'fake', connect },
    env: life,
    context: () => ({ saved: null, device: 'd', logs: [] }),
    log: () => undefined,
    onFailed: (error) => failures.push(error.code),
    onBadFrame: (error) => badFrames.push(error.code),
    onEvent: (event) => events.push(event),
    onSession: (session) => sessions.push(session)
  })
  const state = () => keeper.$connection.get().state
  const last = () => attempts.at(-1)!
  const nextAttempt = async () => {
    const count = attempts.length
    for (let step = 0; step < 6_000 && attempts.length === count && state() !== 'failed'; step++) await env.advance(100)
  }
  return { env, life, attempts, sessions, events, failures, badFrames, keeper, state, last, nextAttempt }
}

/** The end of a session. */
export function closed(code: ErrorCode, more: object = {}): SessionEvent {
  return { type: 'closed', error: new ChatError(code, 'ended'), ...more }
}
