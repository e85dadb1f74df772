import { ChatError, limits, toChatError } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { ChatAdapter, ConnectContext, Session, SessionEvent } from '../adapter.js'
import type { ConnectionState } from '../chat.types.js'
import type { Env } from '../env/env.js'
import { createStore } from '../store.js'
import { backoffMs } from './backoff.js'
import { randomFraction } from './random-fraction.js'

/** A connection counts as good after this long; a server that welcomes and then throws out must not reset the backoff. */
const goodAfterMs = 10_000
/** Longest wait for the answer to a probe. */
const probeMs = 3_000
/** How often a standing connection looks at the clock … */
const tickMs = 5_000
/** … and beyond which jump it concludes that the machine slept. */
const sleptMs = 2 * tickMs
/** How often to try although the browser says that there is no network. */
const offlineRetryMs = 30_000
/** So many fresh credentials in a row are refused before it stops asking. */
const authAttemptsMax = 3

type Closed = Extract<SessionEvent, { readonly type: 'closed' }>

/** What a keeper works with. */
export interface KeeperOptions {
  readonly adapter: ChatAdapter
  readonly env: Env
  /** What the next attempt tells the adapter. */
  readonly context: () => Omit<ConnectContext, 'signal' | 'emit' | 'log'>
  readonly log: ConnectContext['log']
  /** An event of the session that counts now. */
  readonly onEvent: (event: SessionEvent) => void
  /** Another session counts now, or none. */
  readonly onSession: (session: Session | null) => void
}

/** Keeps one session alive for as long as it is wanted. */
export interface Keeper {
  readonly $connection: ReadableAtom<ConnectionState>
  readonly session: () => Session | null
  readonly connect: () => void
  readonly disconnect: () => void
  readonly destroy: () => void
}

/** A keeper that is idle until `connect`. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { adapter, env } = options
  const $connection = createStore<ConnectionState>({ state: 'idle', attempt: 0, deviceOffline: !env.isOnline() })
  let session: Session | null = null
  /** Raised at every start and end: whatever an older attempt still says is ignored. */
  let generation = 0
  let controller: AbortController | undefined
  let attempt = 0
  let authFailures = 0
  let notBefore = 0
  let downSince: number | undefined
  const timers = new Set<() => void>()

  const later = (callback: () => void, delayMs: number) => {
    const stop = env.setTimer(() => {
      timers.delete(stop)
      callback()
    }, delayMs)
    timers.add(stop)
  }
  const stopTimers = () => {
    for (const stop of timers) stop()
    timers.clear()
  }

  const show = (state: ConnectionState['state'], error?: ChatError) => {
    downSince = state === 'open' || state === 'idle' || state === 'closed' ? undefined : (downSince ?? env.now())
    $connection.set({
      state,
      attempt,
      deviceOffline: !env.isOnline(),
      ...(downSince === undefined ? {} : { downSince }),
      ...(error ? { error: { code: error.code } } : {})
    })
  }

  /** Ends the attempt or session that counts. What it still says does not count any more. */
  const drop = () => {
    generation++
    stopTimers()
    controller?.abort()
    controller = undefined
    if (!session) return
    session = null
    options.onSession(null)
  }

  const start = () => {
    drop()
    const mine = generation
    const isCurrent = () => mine === generation
    const abort = new AbortController()
    controller = abort
    show('connecting')
    later(() => lost(new ChatError('timeout', 'no welcome in time')), limits.connectTimeoutMs)
    const context: ConnectContext = {
      ...options.context(),
      signal: abort.signal,
      log: options.log,
      emit: (event) => {
        if (isCurrent()) receive(event)
      }
    }
    Promise.resolve()
      .then(() => adapter.connect(context))
      .then(
        (next) => (isCurrent() ? opened(next) : undefined),
        (error: unknown) => (isCurrent() ? lost(toChatError(error, 'network')) : undefined)
      )
  }

  const receive = (event: SessionEvent) => {
    if (event.type === 'closed') lost(event.error, event)
    else options.onEvent(event)
  }

  const opened = (next: Session) => {
    stopTimers()
    later(settled, goodAfterMs)
    session = next
    show('open')
    options.onSession(next)
    tick(env.now())
  }

  const settled = () => {
    attempt = 0
    authFailures = 0
  }

  const tick = (before: number) => {
    later(() => {
      if (env.now() - before > sleptMs) wake()
      tick(env.now())
    }, tickMs)
  }

  const lost = (error: ChatError, { afterMs = error.afterMs, withinMs }: Pick<Closed, 'afterMs' | 'withinMs'> = {}) => {
    drop()
    if (error.retry === 'auth') authFailures++
    if (error.retry === 'never' || authFailures >= authAttemptsMax) return show('failed', error)
    const random = () => randomFraction(env.random)
    const delayMs = withinMs
      ? withinMs[0] + random() * (withinMs[1] - withinMs[0])
      : backoffMs({ attempt, isVisible: env.isVisible(), afterMs, random })
    attempt++
    if (afterMs || withinMs) notBefore = env.monotonic() + delayMs
    show('waiting', error)
    // Without a network attempts are in vain, and its return wakes us. Some machines say so wrongly, so it is never the end.
    later(start, env.isOnline() ? delayMs : Math.max(delayMs, offlineRetryMs))
  }

  const probe = async (old: Session) => {
    const isAnswered = await answers(env, old)
    if (!isAnswered && old === session) start()
  }

  const wake = () => {
    const { state } = $connection.get()
    if (state === 'open' && session) {
      show('open')
      void probe(session)
    } else if (state === 'waiting') {
      const leftMs = notBefore - env.monotonic()
      if (leftMs <= 0) return start()
      drop()
      later(start, leftMs)
    }
  }

  const leave = (isLeaving: boolean) => {
    const { state } = $connection.get()
    if (!isLeaving || (state !== 'open' && state !== 'connecting')) return
    drop()
    show('waiting')
  }

  const stops = [env.onWake(wake), env.onHide(leave), env.onOffline(() => show($connection.get().state))]
  const disconnect = () => {
    if ($connection.get().state === 'idle') return
    drop()
    show('closed')
  }
  return {
    $connection,
    session: () => session,
    connect: () => {
      const { state } = $connection.get()
      if (state === 'connecting' || state === 'open' || state === 'waiting') return
      authFailures = 0
      start()
    },
    disconnect,
    destroy: () => {
      for (const stop of stops) stop()
      disconnect()
    }
  }
}

/** Whether the other side answers a probe within 3 seconds. A session that cannot be probed is believed. */
function answers(env: Env, session: Session): Promise<boolean> {
  const probe = session.probe
  if (!probe) return Promise.resolve(true)
  return new Promise((resolve) => {
    const stop = env.setTimer(() => resolve(false), probeMs)
    Promise.resolve()
      .then(probe)
      .then(
        () => resolve(true),
        () => resolve(false)
      )
      .finally(stop)
  })
}
