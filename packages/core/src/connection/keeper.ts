import { ChatError, limits, toChatError } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { ChatAdapter, ConnectContext, Session, SessionEvent } from '../adapter.js'
import type { ConnectionState } from '../chat.types.js'
import type { Env } from '../env/env.js'
import { livingEnv } from '../env/living-env.js'
import { createStore } from '../store.js'
import { backoffMs, spreadMs } from './backoff.js'
import { randomFraction } from './random-fraction.js'
import { createRefusals, isFrameFault } from './refusals.js'

/** A connection counts as good after this long; a server that welcomes and then throws out must not reset the backoff. */
const goodAfterMs = 10_000
/** Longest wait for the answer to a probe. */
const probeMs = 3_000
/** How often a standing connection looks at the clock … */
const tickMs = 5_000
/** … and the jump beyond which it concludes that the machine slept. */
const sleptMs = 5_000
/** How often to try although the browser says that there is no network. */
const offlineRetryMs = 30_000

type Closed = Extract<SessionEvent, { readonly type: 'closed' }>

/** What a keeper works with. */
export interface KeeperOptions {
  readonly adapter: ChatAdapter
  /** Lives as long as the keeper: the keeper listens to it and never lets go. */
  readonly env: Env
  /** What the next attempt tells the adapter. */
  readonly context: () => Omit<ConnectContext, 'signal' | 'emit' | 'log'>
  readonly log: ConnectContext['log']
  /** It stopped trying. */
  readonly onFailed: (error: ChatError) => void
  /** The session that still counts is ended over a frame of ours that the backend cannot take. */
  readonly onBadFrame: (error: ChatError) => void
  /** An event of the session that counts now. */
  readonly onEvent: (event: SessionEvent) => void
  /** Another session counts now, or none. */
  readonly onSession: (session: Session | null) => void
}

/** Keeps one session alive for as long as it is wanted. */
export interface Keeper {
  readonly $connection: ReadableAtom<ConnectionState>
  readonly session: () => Session | null
  /** Whether there is a session, or it is tried to have one, or will be once the page is looked at. */
  readonly isWanted: () => boolean
  readonly connect: () => void
  /** Lets go of the connection until the page is looked at, or `connect` is called. Nothing where none is wanted. */
  readonly rest: () => void
  readonly disconnect: () => void
}

/** A keeper that is idle until `connect`. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { adapter, env } = options
  const $connection = createStore<ConnectionState>({ state: 'idle', attempt: 0, deviceOffline: !env.isOnline() })
  let session: Session | null = null
  /** Of the attempt or session that counts: once it is aborted, what that one still says does not count any more. */
  let controller = new AbortController()
  let timers = livingEnv(env)
  let attempt = 0
  const refusals = createRefusals(env)
  let notBefore = 0
  let isResting = false
  let downSince: number | undefined

  const stopTimers = () => {
    timers.end()
    timers = livingEnv(env)
  }

  const show = (state: ConnectionState['state'], error?: ConnectionState['error']) => {
    $connection.set({
      state,
      attempt,
      deviceOffline: !env.isOnline(),
      downSince,
      error: error && { code: error.code }
    })
  }

  /** Ends the attempt or session that counts. */
  const drop = () => {
    stopTimers()
    controller.abort()
    if (!session) return
    session = null
    downSince = env.now()
    options.onSession(null)
  }

  const start = () => {
    drop()
    isResting = false
    controller = new AbortController()
    const { signal } = controller
    const whileItCounts =
      <T>(act: (value: T) => void) =>
      (value: T) => {
        if (!signal.aborted) act(value)
      }
    show('connecting')
    timers.setTimer(() => lost(new ChatError('timeout', 'no answer in time')), limits.connectTimeoutMs)
    const context: ConnectContext = { ...options.context(), signal, log: options.log, emit: whileItCounts(receive) }
    Promise.resolve()
      .then(() => adapter.connect(context))
      .then(
        whileItCounts(opened),
        whileItCounts((error: unknown) => lost(toChatError(error, 'network')))
      )
  }

  const receive = (event: SessionEvent) => {
    if (event.type === 'closed') lost(event.error, event)
    else options.onEvent(event)
  }

  const opened = (next: Session) => {
    stopTimers()
    timers.setTimer(settled, goodAfterMs)
    session = next
    downSince = undefined
    show('open')
    options.onSession(next)
    tick()
  }

  const settled = () => {
    attempt = 0
    refusals.welcomed()
  }

  /** Some clocks stand still while the machine sleeps, and the other one may be set back meanwhile. */
  const tick = () => {
    const [now, monotonic] = [env.now(), env.monotonic()]
    timers.setTimer(() => {
      const tookMs = Math.max(env.now() - now, env.monotonic() - monotonic)
      // Nobody waits on a hidden page, whose timers a browser holds back; it is probed when it is looked at.
      if (tookMs > tickMs + sleptMs && env.isVisible()) wake()
      tick()
    }, tickMs)
  }

  const lost = (error: ChatError, { afterMs = error.afterMs, withinMs, isReplaced }: Partial<Closed> = {}) => {
    const isOver = refusals.isFinal(error)
    if (session && isFrameFault(error)) options.onBadFrame(error)
    drop()
    if (isOver) {
      show('failed', error)
      return options.onFailed(error)
    }
    const share = randomFraction(env.random)
    // "At once" is believed of a connection that was good; else it would be a tight loop.
    const window = withinMs && (withinMs[1] > 0 || attempt === 0) ? withinMs : undefined
    const askedMs = window ? window[0] + share * (window[1] - window[0]) : spreadMs(afterMs, share)
    const delayMs = window ? askedMs : Math.max(askedMs, backoffMs({ attempt, isVisible: env.isVisible(), random: () => share }))
    // Whoever looks at the page waits for what the other side asked, and not for how rarely a hidden page tries.
    if (askedMs > 0) notBefore = env.monotonic() + askedMs
    attempt++
    show('waiting', error)
    isResting = isReplaced === true && !env.isVisible()
    if (isResting) return
    // Newer ones of this device took its place: only its user calls it back at once.
    if (isReplaced) notBefore = 0
    // Without a network attempts are in vain, and its return wakes us. Some machines say so wrongly, so it is never the end.
    timers.setTimer(start, env.isOnline() ? delayMs : Math.max(delayMs, offlineRetryMs))
  }

  /** A session that does not answer within 3 seconds is dead. One that cannot be probed is believed. */
  const probe = (old: Session) => {
    // One look at the page may be several events.
    if (!old.probe || probing === old) return
    probing = old
    const stop = timers.setTimer(start, probeMs)
    Promise.resolve()
      .then(() => old.probe?.())
      .then(
        () => {
          probing = undefined
          stop()
        },
        () => {
          if (old === session) start()
        }
      )
  }
  let probing: Session | undefined

  /** Begins an attempt as early as the other side allows. */
  const startAllowed = () => {
    const leftMs = notBefore - env.monotonic()
    if (leftMs <= 0) return start()
    drop()
    isResting = false
    show('waiting', $connection.get().error)
    timers.setTimer(start, leftMs)
  }

  const wake = () => {
    const { state } = $connection.get()
    if (state === 'open' && session) {
      show('open')
      probe(session)
    } else if (state === 'waiting' && (!isResting || env.isVisible())) startAllowed()
  }

  const isWanted = () => /open|connecting|waiting/.test($connection.get().state)
  /** Let go, not lost: nothing is missing when it is had again. */
  const letGo = () => {
    drop()
    downSince = undefined
    show('waiting')
  }
  const leave = (isLeaving: boolean) => {
    if (isLeaving && isWanted() && $connection.get().state !== 'waiting') letGo()
  }

  env.onWake(wake)
  env.onHide(leave)
  env.onOffline(() => show($connection.get().state))
  const disconnect = () => {
    if ($connection.get().state === 'idle') return
    drop()
    downSince = undefined
    show('closed')
  }
  return {
    $connection,
    session: () => session,
    isWanted,
    connect: () => {
      if (isWanted() && !isResting) return
      refusals.forget()
      startAllowed()
    },
    rest: () => {
      if (!isWanted() || isResting) return
      letGo()
      isResting = true
    },
    disconnect
  }
}
