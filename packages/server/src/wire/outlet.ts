import { limits, type ServerFrame } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import type { Transport } from './transport.js'

/** A slow reader that takes nothing for this long is closed; one that takes little is not, for a narrow link is no fault. */
const stuckMs = 15_000
/** How often a slow reader is looked at again. */
const lookMs = 1_000

/** What a slow reader can do without: nothing of a log, the newest of each state, no passing thing. */
export type Weight = { readonly kind: 'event' } | { readonly kind: 'state'; readonly key: string } | { readonly kind: 'passing' }

/** Options of {@link createOutlet}. */
export interface OutletOptions {
  readonly transport: Transport
  readonly clock: Clock
  /** The reader has caught up: tell it the heads of its logs, so that it fetches what was held back. */
  readonly onCaughtUp: () => void
  /** The reader is too slow to keep. */
  readonly onStuck: () => void
}

/** The outgoing side of a connection, which a slow reader cannot fill: logs are durable, so events are pulled later instead. */
export interface Outlet {
  /** Answers are always sent. */
  readonly answer: (frame: ServerFrame) => void
  /** Sends what happened elsewhere, or holds it back. */
  readonly push: (text: string, weight: Weight) => void
  readonly stop: () => void
}

/** Makes the outgoing side of a connection. */
export function createOutlet({ transport, clock, onCaughtUp, onStuck }: OutletOptions): Outlet {
  /** Only a slow reader has any. */
  let heldStates: Map<string, string> | undefined
  /** Since when a slow reader has taken nothing. */
  let stillSince: number | undefined
  let sentBytes = 0
  let takenBytes = 0
  let stopLooking: (() => void) | undefined
  let isStopped = false

  function stop(): void {
    isStopped = true
    stopLooking?.()
    heldStates = undefined
  }

  function send(text: string): void {
    sentBytes += Buffer.byteLength(text)
    transport.send(text)
  }

  function giveUp(): void {
    stop()
    onStuck()
  }

  function isFull(): boolean {
    if (transport.unreadBytes() <= limits.sendQueueHardBytes) return false
    giveUp()
    return true
  }

  function isSlow(): boolean {
    if (transport.unreadBytes() <= limits.sendQueueSoftBytes) return false
    stillSince ??= clock.now()
    stopLooking ??= clock.setTimer(look, lookMs)
    return true
  }

  function look(): void {
    stopLooking = undefined
    if (isStopped || isFull()) return
    const taken = sentBytes - transport.unreadBytes()
    if (taken > takenBytes) stillSince = clock.now()
    takenBytes = Math.max(taken, takenBytes)
    if (isSlow()) {
      if (clock.now() - (stillSince as number) >= stuckMs) giveUp()
      return
    }
    stillSince = undefined
    for (const text of heldStates?.values() ?? []) send(text)
    heldStates = undefined
    onCaughtUp()
  }

  return {
    answer: (frame) => {
      if (!isStopped && !isFull()) send(JSON.stringify(frame))
    },
    push: (text, weight) => {
      if (isStopped || isFull()) return
      if (stillSince === undefined && !isSlow()) return send(text)
      if (weight.kind !== 'state') return
      heldStates ??= new Map()
      heldStates.set(weight.key, text)
    },
    stop
  }
}
