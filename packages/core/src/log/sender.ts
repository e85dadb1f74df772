import { type ChatError, limits, toChatError } from '@porchlight/protocol'
import type { Message, SendOutcome, Session } from '../adapter.js'
import { retryDelayMs } from '../connection/backoff.js'
import type { PendingMessage } from '../connection.types.js'
import type { Env } from '../env/env.js'
import type { Outbox } from './outbox.js'

/** How long to wait for room in what carries the session. */
const fullMs = 100

/** What a sender works with. */
export interface SenderOptions {
  readonly c: string
  readonly env: Env
  readonly outbox: Outbox
  /** The open session, or null. */
  readonly session: () => Session | null
  /** Takes a message that the backend has stored. */
  readonly onStored: (message: Message) => void
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

  const refused = async (error: ChatError, item: PendingMessage) => {
    if (error.retry === 'never') return outbox.fail(item.id, error.code)
    wait(error.afterMs)
  }

  const settle = async (outcome: SendOutcome, item: PendingMessage) => {
    if (outcome.outcome === 'stored') {
      attempt = 0
      stored.add(item.id)
      return onStored(outcome.message)
    }
    wait()
    if (outcome.outcome !== 'order' || !isAstray(outbox.items(c), outcome.expectN)) return
    // Another tab may just be sending the missing number: only a second refusal proves that the counts went apart.
    if (expected === outcome.expectN) await outbox.renumber(c, outcome.expectN)
    expected = outcome.expectN
  }

  const send = async (session: Session, item: PendingMessage) => {
    handed.add(item.id)
    outbox.flights.begin(item.id)
    const mine = handed
    try {
      const outcome = await attemptSend(session, item, outbox)
      if (mine === handed) await settle(outcome, item)
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
    const room = session.caps.idempotentSend ? limits.inFlightMax : 1
    for (const item of outbox.items(c)) {
      if (item.state === 'failed' || !outbox.isKept(item.id) || handed.has(item.id)) continue
      if (handed.size - stored.size >= room || !outbox.flights.hasRoom()) return
      if (session.isFull?.()) return pause(fullMs)
      void send(session, item)
    }
  }

  const restart = () => {
    stopWaiting?.()
    stopWaiting = undefined
    for (const id of handed) outbox.flights.end(id)
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

/**
 * One attempt. A backend that would store a second copy is asked first whether it has the first; where it cannot be asked, the
 * user decides.
 */
async function attemptSend(session: Session, item: PendingMessage, outbox: Outbox): Promise<SendOutcome> {
  if (!session.caps.idempotentSend && !outbox.isFresh(item.id)) {
    const message = await session.reconcile?.(item)
    if (message) return { outcome: 'stored', message }
  }
  outbox.handOver(item.id)
  return session.send(item)
}
