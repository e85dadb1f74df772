import { type ChatError, limits, toChatError } from '@porchlight/protocol'
import type { Message, SendOutcome, Session } from '../adapter.js'
import { retryDelayMs } from '../connection/backoff.js'
import type { PendingMessage } from '../connection.types.js'
import type { Env } from '../env/env.js'
import type { Outbox } from './outbox.js'
import { firstOf } from './outbox-state.js'

/** How long to wait for room in what carries the session. */
const fullMs = 100
/** How long a text may still be on its way after the connection that carried it has ended, or its answer was lost. */
const arrivalMs = 10_000
const never = Number.NEGATIVE_INFINITY

/** What a sender works with. */
export interface SenderOptions {
  readonly c: string
  readonly env: Env
  readonly outbox: Outbox
  /** The open session, or null. */
  readonly session: () => Session | null
  /** Takes a message that the backend has stored, and the item as it was sent. */
  readonly onStored: (message: Message, sent: PendingMessage) => void
}

/** Empties the outbox of one log into whatever session there is, in the author's order. */
export interface Sender {
  /** Sends what may be sent now. Call it after every change. */
  readonly pump: () => void
  /** The session changed: what was on its way is uncertain and goes out again. */
  readonly restart: () => void
}

/** A sender for one log. */
export function createSender(options: SenderOptions): Sender {
  const { c, env, outbox, onStored } = options
  /** Handed to this session: on their way, or stored and not yet seen in the log. */
  let handed = new Set<string>()
  let stored = new Set<string>()
  /** Since when an earlier attempt may be the one that arrives. Only counts where a second copy would be stored. */
  const doubtedAt = new Map<string, number>()
  let attempt = 0
  /** The number that the backend asked for last time. */
  let expected: number | undefined
  let stopWaiting: (() => void) | undefined

  const pause = (delayMs: number) => {
    stopWaiting?.()
    stopWaiting = env.setTimer(() => {
      stopWaiting = undefined
      pump()
    }, delayMs)
  }
  const wait = (afterMs?: number) => pause(retryDelayMs(env, attempt++, afterMs))

  const doubt = (id: string) => doubtedAt.set(id, env.monotonic())

  const refused = async (error: ChatError, item: PendingMessage) => {
    if (error.retry === 'never') return outbox.fail(item.id, error.code, c)
    if (error.code === 'network' || error.code === 'timeout') doubt(item.id)
    wait(error.afterMs)
  }

  const first = () => firstOf(outbox.items(c), c)?.id

  /** `before`: what waited first when the attempt began. */
  const settle = async (outcome: SendOutcome, item: PendingMessage, before: string | undefined) => {
    if (outcome.outcome === 'stored') {
      attempt = 0
      stored.add(item.id)
      return onStored(outcome.message, item)
    }
    if (outcome.outcome === 'unknown') doubt(item.id)
    // What came before it may have been told when to come again.
    if (!stopWaiting) wait()
    // An answer from before something was stored names a number that is used up.
    if (outcome.outcome !== 'order' || before !== first() || !isAstray(outbox.items(c), outcome.expectN)) return
    // Another tab may just be sending the missing number: only a second refusal proves that the counts went apart.
    if (expected === outcome.expectN) await outbox.renumber(c, outcome.expectN)
    expected = outcome.expectN
  }

  /**
   * One attempt. A backend that would store a second copy is asked first whether it has the first, and gets none while that may still be on
   * its way; where it cannot be asked, the user decides. Resolves to a time to wait where nothing was sent.
   */
  const attemptSend = async (session: Session, item: PendingMessage): Promise<SendOutcome | number> => {
    if (!session.caps.idempotentSend && !outbox.isFresh(item.id)) {
      if (!doubtedAt.has(item.id)) doubt(item.id)
      const message = await session.reconcile?.(item)
      if (message) return { outcome: 'stored', message }
      const leftMs = doubtedAt.get(item.id)! + (session.reconcile ? arrivalMs : Number.POSITIVE_INFINITY) - env.monotonic()
      if (leftMs > 0 && session.reconcile) return leftMs
      if (leftMs > 0) {
        // Sent again by its author, it goes out.
        doubtedAt.set(item.id, never)
        await outbox.fail(item.id, 'timeout', c)
        return 0
      }
    }
    doubtedAt.set(item.id, never)
    outbox.handOver(item.id)
    return session.send(item)
  }

  const send = async (session: Session, item: PendingMessage) => {
    handed.add(item.id)
    outbox.flights.begin(item.id)
    const mine = handed
    const before = first()
    try {
      const outcome = await attemptSend(session, item)
      if (mine === handed) await (typeof outcome === 'number' ? pause(outcome) : settle(outcome, item, before))
    } catch (error) {
      if (mine === handed) await refused(toChatError(error, 'network'), item)
    }
    if (mine !== handed) return
    outbox.flights.end(item.id)
    if (!stored.has(item.id)) handed.delete(item.id)
    pump()
  }

  const pump = () => {
    const session = options.session()
    if (!session || stopWaiting) return
    const items = outbox.items(c)
    // What is offered again may be stored, or its number used up, as one that was given anew: only an answer tells what comes next.
    const isSure = session.caps.idempotentSend && items.every(({ epoch, isUnsure, state }) => (epoch ?? isUnsure) === undefined || state === 'failed')
    const room = isSure ? limits.inFlightMax : 1
    for (const item of items) {
      if (item.state === 'failed' || !outbox.isKept(item.id) || handed.has(item.id)) continue
      if (handed.size - stored.size >= room || !outbox.flights.hasRoom()) return
      if (session.isFull?.()) return pause(fullMs)
      void send(session, item)
    }
  }

  const restart = () => {
    stopWaiting?.()
    stopWaiting = undefined
    for (const id of handed) {
      outbox.flights.end(id)
      doubt(id)
    }
    handed = new Set()
    stored = new Set()
    attempt = 0
    pump()
  }

  return { pump, restart }
}

/** No item that waits here has the number the backend expects, or one has an earlier number: the counts went apart. */
function isAstray(items: readonly PendingMessage[], expectN: number): boolean {
  const numbers = items.filter(({ state }) => state === 'pending').map(({ n }) => n)
  return !numbers.includes(expectN) || numbers.some((n) => n < expectN)
}
