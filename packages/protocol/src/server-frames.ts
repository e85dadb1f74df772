import * as v from 'valibot'
import {
  type Availability,
  AvailabilitySchema,
  availabilityEntries,
  type ConversationSummary,
  ConversationSummarySchema,
  type Cursor,
  CursorSchema,
  type LogEvent,
  LogEventSchema,
  logEventEntries,
  type Participant,
  ParticipantSchema,
  type You,
  YouSchema
} from './entities.js'
import type { Retry } from './errors.js'
import { count, flag, milliseconds, type Schema, word } from './schema.js'

/** One log's part of `welcome`: the events after what the client had, from one read snapshot. */
export interface LogSnapshot {
  readonly c: string
  readonly epoch: string
  readonly head: number
  /** Highest `n` of this device that was settled; 0 before the first. */
  readonly lastN: number
  /** The client's copy is of another epoch or ahead of the log: drop it. */
  readonly reset?: boolean
  readonly events: readonly LogEvent[]
  /** More events wait; `fetch` them. */
  readonly more: boolean
  readonly cursors: readonly Cursor[]
}

/** Answer to `hello`: the connection may speak now. */
export interface WelcomeFrame {
  readonly t: 'welcome'
  readonly v: number
  readonly conn: string
  readonly session: string
  readonly resumed: boolean
  /** The server's clock. */
  readonly now: number
  /** A ping comes every `every`; the connection is dead `grace` after one was due. */
  readonly hb: { readonly every: number; readonly grace: number }
  /** Bounds that this server sets, in code points and bytes. */
  readonly limits: { readonly text: number; readonly frame: number }
  /** What an `ack` means here: `fsync` for a commit on disk. */
  readonly durability: 'fsync' | 'memory'
  /** A new or rotated credential; the client keeps it instead of its old one. */
  readonly token?: string
  readonly you: You
  readonly subs: readonly LogSnapshot[]
  /** A visitor's newest 20 conversations. */
  readonly conversations?: readonly ConversationSummary[]
  readonly avail: Availability
  /** The credential is good for this long. */
  readonly exp_in?: number
}

/** The event is stored durably under `seq`. Answers `open` with `seq` 0. */
export interface AckFrame {
  readonly t: 'ack'
  readonly id: string
  readonly c: string
  readonly epoch: string
  readonly seq: number
  readonly ts: number
  readonly dup?: boolean
}

/** The event was not stored. Never sent for one that was. */
export interface NackFrame {
  readonly t: 'nack'
  readonly id: string
  readonly code: string
  readonly retry: Retry
  readonly after?: number
  readonly expectN?: number
  readonly next?: 'reopen' | 'request'
}

/** One new event of a log. */
export interface EventFrame extends LogEvent {
  readonly t: 'ev'
}

/** Answer to `fetch`. */
export interface PageFrame {
  readonly t: 'page'
  readonly rid: string
  readonly c: string
  readonly epoch: string
  readonly head: number
  readonly events: readonly LogEvent[]
  readonly more: boolean
  readonly lastN: number
  readonly cursors: readonly Cursor[]
}

/** How far somebody received and read. */
export interface ReceiptFrame {
  readonly t: 'rcpt'
  readonly c: string
  readonly by: Participant
  readonly delivered: number
  readonly read: number
}

/** Somebody else types. Forget it after `ttl`. */
export interface TypingNoticeFrame {
  readonly t: 'typing'
  readonly c: string
  readonly by: Participant
  readonly on: boolean
  readonly ttl: number
}

/** Who is home changed. */
export interface AvailFrame extends Availability {
  readonly t: 'avail'
}

/** Are you there? `heads` names logs that moved since the last ping. Answered by a `pong` that echoes `now`. */
export interface ServerPingFrame {
  readonly t: 'ping'
  readonly now: number
  readonly heads?: Readonly<Record<string, number>>
}

/** Answers the client's `ping`; `echo` is its `now`. */
export interface ServerPongFrame {
  readonly t: 'pong'
  readonly echo: number
}

/** The renewed credential is good for this long. */
export interface AuthOkFrame {
  readonly t: 'authok'
  readonly exp_in?: number
  readonly token?: string
}

/** Leave, and come back after a time within the window. */
export interface DrainFrame {
  readonly t: 'drain'
  readonly after: readonly [number, number]
  readonly reason: string
}

/** Something is wrong with the connection or with the frame `ref` names. */
export interface ErrFrame {
  readonly t: 'err'
  readonly code: string
  readonly retry: Retry
  readonly after?: number
  readonly ref?: string
}

/** Everything a server may send. */
export type ServerFrame =
  | WelcomeFrame
  | AckFrame
  | NackFrame
  | EventFrame
  | PageFrame
  | ReceiptFrame
  | TypingNoticeFrame
  | AvailFrame
  | ServerPingFrame
  | ServerPongFrame
  | AuthOkFrame
  | DrainFrame
  | ErrFrame

const retry = v.picklist(['later', 'auth', 'never'])
const logSnapshot = v.object({
  c: word,
  epoch: word,
  head: count,
  lastN: count,
  reset: v.exactOptional(flag),
  events: v.array(LogEventSchema),
  more: flag,
  cursors: v.array(CursorSchema)
})

/**
 * Schema of each server frame, by its `t`. Pages do not carry valibot: `checkServerFrame` does the same from a table that is
 * generated from these.
 */
export const serverFrameSchemas: { readonly [T in ServerFrame['t']]: Schema<Extract<ServerFrame, { t: T }>> } = {
  welcome: v.object({
    t: v.literal('welcome'),
    v: count,
    conn: word,
    session: word,
    resumed: flag,
    now: milliseconds,
    hb: v.object({ every: milliseconds, grace: milliseconds }),
    limits: v.object({ text: count, frame: count }),
    durability: v.picklist(['fsync', 'memory']),
    token: v.exactOptional(word),
    you: YouSchema,
    subs: v.array(logSnapshot),
    conversations: v.exactOptional(v.array(ConversationSummarySchema)),
    avail: AvailabilitySchema,
    exp_in: v.exactOptional(milliseconds)
  }),
  ack: v.object({ t: v.literal('ack'), id: word, c: word, epoch: word, seq: count, ts: milliseconds, dup: v.exactOptional(flag) }),
  nack: v.object({
    t: v.literal('nack'),
    id: word,
    code: word,
    retry,
    after: v.exactOptional(milliseconds),
    expectN: v.exactOptional(count),
    next: v.exactOptional(v.picklist(['reopen', 'request']))
  }),
  ev: v.object({ t: v.literal('ev'), ...logEventEntries }),
  page: v.object({
    t: v.literal('page'),
    rid: word,
    c: word,
    epoch: word,
    head: count,
    events: v.array(LogEventSchema),
    more: flag,
    lastN: count,
    cursors: v.array(CursorSchema)
  }),
  rcpt: v.object({ t: v.literal('rcpt'), c: word, by: ParticipantSchema, delivered: count, read: count }),
  typing: v.object({ t: v.literal('typing'), c: word, by: ParticipantSchema, on: flag, ttl: milliseconds }),
  avail: v.object({ t: v.literal('avail'), ...availabilityEntries }),
  ping: v.object({ t: v.literal('ping'), now: milliseconds, heads: v.exactOptional(v.record(v.string(), count)) }),
  pong: v.object({ t: v.literal('pong'), echo: milliseconds }),
  authok: v.object({ t: v.literal('authok'), exp_in: v.exactOptional(milliseconds), token: v.exactOptional(word) }),
  drain: v.object({ t: v.literal('drain'), after: v.tuple([milliseconds, milliseconds]), reason: word }),
  err: v.object({ t: v.literal('err'), code: word, retry, after: v.exactOptional(milliseconds), ref: v.exactOptional(word) })
}
