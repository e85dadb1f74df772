import { type ErrorCode, limits } from '@porchlight/protocol'
import type { PendingMessage } from '../connection.types.js'

/** Logs that no backend knows yet have names with this in front; they wait in the outbox for a real one. */
export const localPrefix = '+'

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

/** Whether one more item with that body has room: at most 200 items and 1 MiB. */
export function hasRoom(items: readonly PendingMessage[], body: PendingMessage['body']): boolean {
  const bytes = items.reduce((sum, item) => sum + bytesOf(item.body), bytesOf(body))
  return items.length < limits.outboxMaxItems && bytes <= limits.outboxMaxBytes
}

/** Size of an item's body on the wire. */
function bytesOf(body: PendingMessage['body']): number {
  return new TextEncoder().encode(JSON.stringify(body)).length
}

/** Puts items at the end, each under the next number of its log. An id that is there stays as it is. */
export function put(state: OutboxState, added: readonly PendingMessage[]): OutboxState {
  return added.reduce((now, item) => (now.items.some(({ id }) => id === item.id) ? now : append(now, item)), state)
}

function append(state: OutboxState, item: PendingMessage): OutboxState {
  const n = (state.lastN[item.c] ?? 0) + 1
  return { ...state, lastN: { ...state.lastN, [item.c]: n }, items: [...state.items, { ...item, n }] }
}

/**
 * Puts items of log `c` back, under its new epoch: before all that waits there, for they were written earlier, and behind those of them that wait
 * already. They get the numbers before those behind them, which were theirs unless something was refused in between. Whatever waits there is this epoch's
 * from now on: no tab that lives in another one takes it away.
 */
export function offer(state: OutboxState, c: string, offered: readonly PendingMessage[], epoch?: string): OutboxState {
  const isKnown = ({ id }: PendingMessage) => state.items.some((item) => item.id === id && item.epoch === epoch)
  if (offered.every(isKnown) && state.items.every((item) => !isWaiting(item, c) || isKnown(item))) return state
  const items = [...state.items]
  let place = 0
  for (const item of offered) {
    const known = items.findIndex(({ id }) => id === item.id)
    if (known < 0) items.splice(place++, 0, { ...item, n: 0, epoch })
    else {
      items[known] = { ...(items[known] as PendingMessage), epoch }
      place = known + 1
    }
  }
  let next = (state.lastN[c] ?? 0) + 1
  for (const [index, item] of [...items.entries()].reverse()) {
    if (!isWaiting(item, c)) continue
    next = item.n || next - 1
    items[index] = { ...item, n: next, epoch }
  }
  return inOrder({ ...state, items }, c)
}

/** Takes up what an earlier page has left: what it had offered again goes before all that waits, the rest behind. */
export function takeUp(state: OutboxState, left: readonly PendingMessage[]): OutboxState {
  const offered = left.filter(({ epoch }) => epoch !== undefined)
  const logs = [...new Set(offered.map(({ c }) => c))]
  const before = logs.reduce((now, c) => {
    const items = offered.filter((item) => item.c === c)
    return offer(now, c, items, items.at(-1)?.epoch)
  }, state)
  return put(before, left)
}

/** Takes items out: the backend has them, or the user dropped them. */
export function take(state: OutboxState, ids: ReadonlySet<string>): OutboxState {
  const items = state.items.filter(({ id }) => !ids.has(id))
  return items.length === state.items.length ? state : { ...state, items }
}

/** Marks an item as refused for good, by log `c` where that says so: another one, into which it went since, may take it. Its number is used up. */
export function fail(state: OutboxState, id: string, failure: ErrorCode, c?: string): OutboxState {
  const isMeant = (item: PendingMessage) => item.id === id && item.c === (c ?? item.c)
  return { ...state, items: state.items.map((item) => (isMeant(item) ? { ...item, state: 'failed', failure } : item)) }
}

/** Gives a refused item another chance in log `c`: the same id under the next number, after all that waits. */
export function retry(state: OutboxState, id: string, c: string): OutboxState {
  const item = state.items.find((known) => known.id === id && known.state === 'failed')
  if (!item) return state
  const { failure: _, ...rest } = item
  return append(take(state, new Set([id])), { ...rest, c, state: 'pending' })
}

/** From which log to which other one items go. */
export interface Move {
  readonly from: string
  readonly to: string
  /** Whether a backend may have stored the item where this user has no eye on it any more. Default: none. */
  readonly isUncertain?: ((item: PendingMessage) => boolean) | undefined
}

/**
 * Moves all items of a log that does not exist, or not any more, to another, each in its place in the order of writing; what was
 * refused only because of that waits again. What may be stored waits for the user's word, as failed with `timeout`: its outcome will never be
 * known.
 */
export function move(state: OutboxState, { from, to, isUncertain = () => false }: Move): OutboxState {
  if (!state.items.some(({ c }) => c === from)) return state
  const lastN = { ...state.lastN }
  // Those of a log that a backend has are used up for good: another tab may write to it yet.
  if (from.startsWith(localPrefix)) delete lastN[from]
  const items = state.items.map((item, index) => {
    if (item.c !== from) return item
    const n = nextN({ ...state, items: state.items.slice(index) }, to)
    return { ...(isUncertain(item) ? suspended(item) : revived(item)), c: to, n }
  })
  return inOrder({ ...state, lastN, items }, to)
}

/**
 * Moves what waits in logs that no backend knows, of all tabs, to a real one: all goes into the visitor's one conversation, and a later text of
 * one tab must not overtake an earlier one of another.
 */
export function gather(state: OutboxState, to: string): OutboxState {
  const from = state.items.find(({ c }) => c.startsWith(localPrefix))?.c
  return from === undefined ? state : gather(move(state, { from, to }), to)
}

/** The same for a device of its own, whose numbers nobody else gives out. */
export function detach(state: OutboxState, device: string): OutboxState {
  return Object.keys(state.lastN).reduce((now, c) => renumber(now, c, 1), { ...state, device })
}

function suspended(item: PendingMessage): PendingMessage {
  return item.failure && item.failure !== 'conversation_gone' ? item : { ...item, state: 'failed', failure: 'timeout' }
}

function revived(item: PendingMessage): PendingMessage {
  if (item.failure !== 'conversation_gone') return item
  const { failure: _, ...rest } = item
  return { ...rest, state: 'pending' }
}

/**
 * Numbers grow in the order of writing. What waits keeps its own wherever it can: frames that are on their way from any tab mean the same, and what
 * was stored or refused in between has used its number up.
 */
function inOrder(state: OutboxState, c: string): OutboxState {
  let last = 0
  const items = state.items.map((item) => {
    if (!isWaiting(item, c)) return item
    last = Math.max(last + 1, item.n)
    return { ...item, n: last }
  })
  return { ...state, items, lastN: { ...state.lastN, [c]: Math.max(last, state.lastN[c] ?? 0) } }
}

/** The number of the first item that waits in log `c`, or would. */
function nextN({ items, lastN }: OutboxState, c: string): number {
  return firstOf(items, c)?.n ?? (lastN[c] ?? 0) + 1
}

/** The first item that waits in log `c`. */
export function firstOf(items: readonly PendingMessage[], c: string): PendingMessage | undefined {
  return items.find((item) => isWaiting(item, c))
}

function isWaiting(item: PendingMessage, c: string): boolean {
  return item.c === c && item.state === 'pending'
}

/**
 * Numbers what waits in a log anew from `expectN`, where the backend's count and ours went apart: it was restored, or this
 * device lost a write. Ids stay, so nothing can be stored twice by it; but what is on its way from any tab may use one of these numbers up.
 */
export function renumber(state: OutboxState, c: string, expectN: number): OutboxState {
  let n = expectN - 1
  const items = state.items.map((item) => (isWaiting(item, c) ? { ...item, n: ++n, isUnsure: true } : item))
  return { ...state, items, lastN: { ...state.lastN, [c]: n } }
}
