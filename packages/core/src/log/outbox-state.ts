import { type ErrorCode, limits } from '@porchlight/protocol'
import type { PendingMessage } from '../connection.types.js'

/** Everything unsent on this device. Device id, numbers and items live and die together, or a number would be used twice. */
export interface OutboxState {
  /** This browser profile, as 22 characters of base64url. */
  readonly device: string
  /** Highest number given out per log. */
  readonly lastN: Readonly<Record<string, number>>
  /** In the order of writing. */
  readonly items: readonly PendingMessage[]
}

/** An outbox of a new device. */
export function emptyOutbox(device: string): OutboxState {
  return { device, lastN: {}, items: [] }
}

/** Reads what an earlier page left; undefined when it is not an outbox. */
export function parseOutbox(value: unknown): OutboxState | undefined {
  const state = value as Partial<OutboxState> | null | undefined
  if (typeof state?.device !== 'string' || typeof state.lastN !== 'object' || !Array.isArray(state.items)) return undefined
  return state as OutboxState
}

/** Whether one more item of that many bytes has room: at most 200 items and 1 MiB. */
export function hasRoom(items: readonly PendingMessage[], extraBytes: number): boolean {
  const bytes = items.reduce((sum, item) => sum + bytesOf(item.body), extraBytes)
  return items.length < limits.outboxMaxItems && bytes <= limits.outboxMaxBytes
}

/** Size of an item's body on the wire. */
export function bytesOf(body: PendingMessage['body']): number {
  return new TextEncoder().encode(JSON.stringify(body)).length
}

/** Puts items at the end, each under the next number of its log. An id that is there stays as it is. */
export function put(state: OutboxState, added: readonly PendingMessage[]): OutboxState {
  const known = new Set(state.items.map(({ id }) => id))
  return added.filter(({ id }) => !known.has(id)).reduce(append, state)
}

function append(state: OutboxState, item: PendingMessage): OutboxState {
  const n = (state.lastN[item.c] ?? 0) + 1
  return { ...state, lastN: { ...state.lastN, [item.c]: n }, items: [...state.items, { ...item, n }] }
}

/** Puts items of log `c` before all that waits there, and numbers them and what waits anew: they were written earlier. */
export function offer(state: OutboxState, c: string, offered: readonly PendingMessage[]): OutboxState {
  const known = new Set(state.items.map(({ id }) => id))
  const added = offered.filter(({ id }) => !known.has(id))
  if (added.length === 0) return state
  const waiting = state.items.filter((item) => item.c === c && item.state === 'pending')
  const first = waiting[0]?.n ?? (state.lastN[c] ?? 0) + 1
  return renumber({ ...state, items: [...added, ...state.items] }, c, first)
}

/** Takes items out: the backend has them, or the user dropped them. */
export function take(state: OutboxState, ids: ReadonlySet<string>): OutboxState {
  const items = state.items.filter(({ id }) => !ids.has(id))
  return items.length === state.items.length ? state : { ...state, items }
}

/** Marks an item as refused for good. Its number is used up. */
export function fail(state: OutboxState, id: string, failure: ErrorCode): OutboxState {
  return { ...state, items: state.items.map((item) => (item.id === id ? { ...item, state: 'failed', failure } : item)) }
}

/** Gives a refused item another chance in log `c`: the same id under the next number, after all that waits. */
export function retry(state: OutboxState, id: string, c: string): OutboxState {
  const item = state.items.find((known) => known.id === id && known.state === 'failed')
  if (!item) return state
  const { failure: _, ...rest } = item
  return append(take(state, new Set([id])), { ...rest, c, state: 'pending' })
}

/** Moves all items of a log that does not exist, or not any more, to another; what was refused only because of that waits again. */
export function move(state: OutboxState, from: string, to: string): OutboxState {
  const isMoved = (item: PendingMessage) => item.c === from
  if (!state.items.some(isMoved)) return state
  const { [from]: _, ...lastN } = state.lastN
  const rest: OutboxState = { ...state, lastN, items: state.items.filter((item) => !isMoved(item)) }
  return state.items.filter(isMoved).reduce((now, item) => append(now, { ...revived(item), c: to }), rest)
}

function revived(item: PendingMessage): PendingMessage {
  if (item.failure !== 'conversation_gone') return item
  const { failure: _, ...rest } = item
  return { ...rest, state: 'pending' }
}

/**
 * Numbers what waits in a log anew from `expectN`, where the backend's count and ours went apart: it was restored, or this
 * device lost a write. Ids stay, so nothing can be stored twice by it.
 */
export function renumber(state: OutboxState, c: string, expectN: number): OutboxState {
  let n = expectN - 1
  const items = state.items.map((item) => (item.c === c && item.state === 'pending' ? { ...item, n: ++n } : item))
  return { ...state, items, lastN: { ...state.lastN, [c]: n } }
}
