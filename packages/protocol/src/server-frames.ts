import type { Availability, ConversationSummary, Cursor, LogEvent, Participant, You } from './entities.js'
import type { Retry } from './errors.js'
import type { SiteInfo } from './site-info.js'

/** One log's part of `welcome`: the events after what the client had, from one read snapshot. */
export interface LogSnapshot {
  /** The log. */
  readonly c: string
  /** Its epoch now. */
  readonly epoch: string
  /** Its highest `seq`. */
  readonly head: number
  /** Highest `n` of this device that was settled; 0 before the first. */
  readonly lastN: number
  /** The client's copy is of another epoch or ahead of the log: drop it. */
  readonly reset?: boolean
  /** Those after `have`, ascending, at most 200. */
  readonly events: readonly LogEvent[]
  /** More events wait; `fetch` them. */
  readonly more: boolean
  /** How far each participant has read. */
  readonly cursors: readonly Cursor[]
}

/** Answer to `hello`: the connection may speak now. */
export interface WelcomeFrame {
  readonly t: 'welcome'
  /** The version both speak. */
  readonly v: number
  /** Names this connection, for the server’s log. */
  readonly conn: string
  /** Over HTTP only: the bearer credential of the calls that follow. A socket is its own session. */
  readonly session?: string
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
  /** Whom the server takes the caller for. */
  readonly you: You
  /** The logs of `hello.subs` that are there for the caller, followed from now on. */
  readonly subs: readonly LogSnapshot[]
  /** A visitor's newest 20 conversations. */
  readonly conversations?: readonly ConversationSummary[]
  /** Who is home. */
  readonly avail: Availability
  /** What the site asks for and says by itself. Missing: nothing beside what every site does. */
  readonly site?: SiteInfo
  /** The credential is good for this long. */
  readonly exp_in?: number
}

/** The event is stored durably under `seq`. Answers `open` with `seq` 0. */
export interface AckFrame {
  readonly t: 'ack'
  /** That of `pub` or `open`. */
  readonly id: string
  /** The conversation; for `open`, the one just made. */
  readonly c: string
  /** Its epoch. */
  readonly epoch: string
  /** The event’s place. */
  readonly seq: number
  /** The server’s clock at the commit. */
  readonly ts: number
  /** It was stored before, under this `seq`. */
  readonly dup?: boolean
}

/** The event was not stored. Never sent for one that was. */
export interface NackFrame {
  readonly t: 'nack'
  /** That of `pub` or `open`. */
  readonly id: string
  /** An error code. */
  readonly code: string
  /** Whether the same may be tried again. */
  readonly retry: Retry
  /** Not before this many milliseconds. */
  readonly after?: number
  /** The `n` that must come next, with `order`. */
  readonly expectN?: number
  /** What the user can do instead, with `conversation_closed`. */
  readonly next?: 'reopen' | 'request'
}

/** One new event of a log. */
export interface EventFrame extends LogEvent {
  readonly t: 'ev'
}

/** Answer to `fetch`. */
export interface PageFrame {
  readonly t: 'page'
  /** That of `fetch`. */
  readonly rid: string
  /** The log. */
  readonly c: string
  /** Its epoch. */
  readonly epoch: string
  /** Its highest `seq`. */
  readonly head: number
  /** Ascending from `from`. */
  readonly events: readonly LogEvent[]
  /** More events wait above. */
  readonly more: boolean
  /** Highest `n` of this device that was settled. */
  readonly lastN: number
  /** How far each participant has read. */
  readonly cursors: readonly Cursor[]
}

/** How far somebody received and read. */
export interface ReceiptFrame {
  readonly t: 'rcpt'
  /** The log. */
  readonly c: string
  /** Who read. */
  readonly by: Participant
  /** Highest `seq` received. */
  readonly delivered: number
  /** Highest `seq` seen. */
  readonly read: number
}

/** Somebody else types. Forget it after `ttl`. */
export interface TypingNoticeFrame {
  readonly t: 'typing'
  /** The conversation. */
  readonly c: string
  /** Who types. */
  readonly by: Participant
  /** False: stopped. */
  readonly on: boolean
  /** Milliseconds after which the mark is to go by itself. */
  readonly ttl: number
}

/** Who is home changed. */
export interface AvailFrame extends Availability {
  readonly t: 'avail'
}

/** What the site asks for, or says by itself, changed. */
export interface SiteFrame extends SiteInfo {
  readonly t: 'site'
}

/** A visitor's place among those who wait for somebody with room. Told when it changes. */
export interface QueueFrame {
  readonly t: 'queue'
  /** The conversation. */
  readonly c: string
  /** From 1. Missing: he waits no more. */
  readonly position?: number
  /** Since when he waits. */
  readonly since?: number
  /** Milliseconds that it may take: 1, 2, 3, 5, 10 or 15 minutes, or more where it is longer. Missing: not known. */
  readonly estimate?: number
}

/** Are you there? `heads` names logs that moved since the last ping. Answered by a `pong` that echoes `now`. */
export interface ServerPingFrame {
  readonly t: 'ping'
  /** The server’s clock. */
  readonly now: number
  /** Highest `seq` by log; a client that holds less fetches. */
  readonly heads?: Readonly<Record<string, number>>
}

/** Answers the client's `ping`; `echo` is its `now`. */
export interface ServerPongFrame {
  readonly t: 'pong'
  /** The `now` of the ping. */
  readonly echo: number
}

/** The renewed credential is good for this long. */
export interface AuthOkFrame {
  readonly t: 'authok'
  /** Milliseconds until it ends. */
  readonly exp_in?: number
  /** A rotated credential to keep instead. */
  readonly token?: string
}

/** Leave, and come back after a time within the window. */
export interface DrainFrame {
  readonly t: 'drain'
  /** Earliest and latest return, in milliseconds from now. */
  readonly after: readonly [number, number]
  /** For the client’s log. */
  readonly reason: string
}

/** Something is wrong with the connection or with the frame `ref` names. */
export interface ErrFrame {
  readonly t: 'err'
  /** An error code. */
  readonly code: string
  /** Whether the same may be tried again. */
  readonly retry: Retry
  /** Not before this many milliseconds. */
  readonly after?: number
  /** The `id`, `rid` or `t` of what was wrong. */
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
  | SiteFrame
  | QueueFrame
  | ServerPingFrame
  | ServerPongFrame
  | AuthOkFrame
  | DrainFrame
  | ErrFrame
