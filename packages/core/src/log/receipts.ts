import { limits, type Participant } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Session } from '../adapter.js'
import type { Env } from '../env/env.js'
import { createStore } from '../store.js'

/** How far somebody came: both only grow, and `read` is never beyond `delivered`. */
export interface Receipt {
  readonly by: Participant
  readonly delivered: number
  readonly read: number
}

/** Receipts of one log, by participant id. */
export type ReceiptMap = Readonly<Record<string, Receipt>>

/** The later of what is known and what arrived; the same map when nothing grew. */
export function mergeReceipt(known: ReceiptMap, next: Receipt): ReceiptMap {
  const old = known[next.by.id]
  const delivered = Math.max(old?.delivered ?? 0, next.delivered)
  const read = Math.min(delivered, Math.max(old?.read ?? 0, next.read))
  if (old && old.delivered === delivered && old.read === read) return known
  return { ...known, [next.by.id]: { by: next.by, delivered, read } }
}

/** Both directions of the receipts of one log. */
export interface Receipts {
  readonly $receipts: ReadableAtom<ReceiptMap>
  /** Somebody's receipt arrived. */
  readonly arrived: (receipt: Receipt) => void
  /** This device holds everything up to `have`, and its user has seen everything up to `read`. */
  readonly report: (have: number, read: number) => void
  /** What is on its way a moment later; undefined when the session was told everything. */
  readonly untold: () => { readonly delivered: number; readonly read: number } | undefined
  /** A new session knows nothing of what the old one was told. */
  readonly restart: () => void
  /** The log starts over. */
  readonly reset: () => void
}

/** Receipts of log `c`. Ours go out as the latest value, at most once a second. */
export function createReceipts(c: string, env: Env, session: () => Session | null): Receipts {
  const $receipts = createStore<ReceiptMap>({})
  let own = { delivered: 0, read: 0 }
  let told = ''
  let stopWaiting: (() => void) | undefined

  const asText = () => `${own.delivered} ${own.read}`
  const isTold = () => own.delivered === 0 || asText() === told
  const tell = () => {
    stopWaiting = undefined
    const receipt = session()?.receipt
    if (!receipt || isTold()) return
    told = asText()
    receipt(c, own)
    stopWaiting = env.setTimer(tell, limits.cursorIntervalMs)
  }

  return {
    $receipts,
    arrived: (receipt) => $receipts.set(mergeReceipt($receipts.get(), receipt)),
    report: (have, read) => {
      const delivered = Math.max(own.delivered, have)
      own = { delivered, read: Math.min(delivered, Math.max(own.read, read)) }
      if (!stopWaiting) tell()
    },
    untold: () => (isTold() ? undefined : own),
    restart: () => {
      told = ''
      if (!stopWaiting) tell()
    },
    reset: () => {
      own = { delivered: 0, read: 0 }
      told = ''
      $receipts.set({})
    }
  }
}
