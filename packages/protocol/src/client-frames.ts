import * as v from 'valibot'
import { idPatterns } from './ids.js'
import { limits } from './limits.js'
import { count, deviceId, flag, logId, messageId, milliseconds, type Schema, shortText } from './schema.js'

/** A log that the client already holds up to `have`, contiguous. */
export interface Subscription {
  /** The log. */
  readonly c: string
  /** Its epoch when it was read. */
  readonly epoch: string
  /** Highest `seq` held without a hole. */
  readonly have: number
}

/** First frame of every connection. One of `token` (visitor), `ticket` (operator); neither asks for a new visitor. */
export interface HelloFrame {
  readonly t: 'hello'
  /** Lowest and highest protocol version the client speaks. */
  readonly v: readonly [number, number]
  /** Features beyond this version that the client understands. */
  readonly caps?: readonly string[]
  /** One browser profile: 128 random bits as base64url. */
  readonly device: string
  /** One page of it, for the server’s log. */
  readonly tab?: string
  /** How many connections this page has had. */
  readonly gen?: number
  /** A visitor’s credential, `plv_…`. */
  readonly token?: string
  /** A signed identity (JWT). */
  readonly identity?: string
  /** An operator’s single-use ticket, `plt_…`, good for 30 s. */
  readonly ticket?: string
  /** Logs that the client already holds. */
  readonly subs?: readonly Subscription[]
  /** Highest `n` used per log, for logs whose outbox is not empty. */
  readonly lastN?: Readonly<Record<string, number>>
  /** Whom a visitor wants to talk to, as long as he has no conversation; a department that the site does not have is the whole site. */
  readonly department?: string
}

/** Where a conversation begins. Nothing in it is trusted. */
export interface OpenMeta {
  /** Whom it is for. Default: what the `hello` of the connection names. */
  readonly department?: string
  /** Address of the page, without query and fragment. */
  readonly page?: string
  /** Title of the page. */
  readonly title?: string
  /** Language of the page, BCP 47. */
  readonly locale?: string
}

/** Makes a conversation, or takes up one that a request began; the server chooses `c`. The same `id` again gives the same conversation. */
export interface OpenFrame {
  readonly t: 'open'
  /** A UUIDv7; `ack` answers under it. */
  readonly id: string
  /** Context for the operator. */
  readonly meta?: OpenMeta
}

/** Publishes one event. `id` and `n` stay the same at every resend. */
export interface PubFrame {
  readonly t: 'pub'
  /** The conversation. */
  readonly c: string
  /** A UUIDv7 made before the first send. */
  readonly id: string
  /** Dense per conversation and device, from 1. */
  readonly n: number
  /** Kind of the event: `text`. */
  readonly k: string
  /** What becomes the event’s `data`. */
  readonly body: Readonly<Record<string, unknown>>
  /** The author's clock, a hint for display only. */
  readonly at?: number
}

/** Asks for events from `from` on, oldest first; `sub` also delivers what comes later. */
export interface FetchFrame {
  readonly t: 'fetch'
  /** Named again by the `page` that answers. */
  readonly rid: string
  /** The log. */
  readonly c: string
  /** The epoch the client holds; another one is answered from 1. */
  readonly epoch?: string
  /** First `seq` wanted. */
  readonly from: number
  /** Most events wanted; at most 200. */
  readonly limit?: number
  /** Follow the log from now on. Beyond 64, the one fetched longest ago is only named in pings, with its head, until it is fetched again. */
  readonly sub?: boolean
}

/** Reports how far this participant received and read a log. */
export interface CursorFrame {
  readonly t: 'cur'
  /** The log. */
  readonly c: string
  /** Highest `seq` stored on any device of this participant. */
  readonly delivered: number
  /** Highest `seq` seen by a person. */
  readonly read: number
}

/** Says that this participant types, or stopped. In the inbox’s log: a person is at this console, which is shown to nobody. */
export interface TypingFrame {
  readonly t: 'typing'
  /** The conversation, or for operators the inbox. */
  readonly c: string
  /** False: stopped. */
  readonly on: boolean
}

/** Are you there? Answered by a `pong` that echoes `now`. */
export interface ClientPingFrame {
  readonly t: 'ping'
  /** Any number; it comes back. */
  readonly now: number
}

/** Answers the server's `ping`; `echo` is its `now`. */
export interface ClientPongFrame {
  readonly t: 'pong'
  /** The `now` of the ping. */
  readonly echo: number
}

/** Renews the credential without a new connection. */
export interface AuthFrame {
  readonly t: 'auth'
  /** The new credential. */
  readonly token: string
}

/** Leaves on purpose. */
export interface ByeFrame {
  readonly t: 'bye'
  /** For the server’s log. */
  readonly why?: string
}

/** Everything a client may send. */
export type ClientFrame =
  | HelloFrame
  | OpenFrame
  | PubFrame
  | FetchFrame
  | CursorFrame
  | TypingFrame
  | ClientPingFrame
  | ClientPongFrame
  | AuthFrame
  | ByeFrame

const version = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const subscription = v.object({ c: logId, epoch: shortText, have: count })
const credential = v.pipe(v.string(), v.maxLength(limits.helloMaxBytes))
const sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** Schema of each client frame, by its `t`. The server reads nothing that does not pass. */
export const clientFrameSchemas: { readonly [T in ClientFrame['t']]: Schema<Extract<ClientFrame, { t: T }>> } = {
  hello: v.object({
    t: v.literal('hello'),
    v: v.tuple([version, version]),
    caps: v.exactOptional(v.pipe(v.array(shortText), v.maxLength(32))),
    device: deviceId,
    tab: v.exactOptional(shortText),
    gen: v.exactOptional(count),
    token: v.exactOptional(credential),
    identity: v.exactOptional(credential),
    ticket: v.exactOptional(v.pipe(v.string(), v.regex(idPatterns.ticket))),
    subs: v.exactOptional(v.pipe(v.array(subscription), v.maxLength(limits.subscriptionsMax))),
    lastN: v.exactOptional(v.record(v.string(), count)),
    department: v.exactOptional(shortText)
  }),
  open: v.object({
    t: v.literal('open'),
    id: messageId,
    meta: v.exactOptional(
      v.object({
        department: v.exactOptional(shortText),
        page: v.exactOptional(v.pipe(v.string(), v.maxLength(limits.urlMaxChars))),
        title: v.exactOptional(shortText),
        locale: v.exactOptional(shortText)
      })
    )
  }),
  pub: v.object({
    t: v.literal('pub'),
    c: logId,
    id: messageId,
    n: sequence,
    k: shortText,
    body: v.record(v.string(), v.unknown()),
    at: v.exactOptional(milliseconds)
  }),
  fetch: v.object({
    t: v.literal('fetch'),
    rid: shortText,
    c: logId,
    epoch: v.exactOptional(shortText),
    from: sequence,
    limit: v.exactOptional(v.pipe(sequence, v.maxValue(limits.pageMaxEvents))),
    sub: v.exactOptional(flag)
  }),
  cur: v.object({ t: v.literal('cur'), c: logId, delivered: count, read: count }),
  typing: v.object({ t: v.literal('typing'), c: logId, on: flag }),
  ping: v.object({ t: v.literal('ping'), now: milliseconds }),
  pong: v.object({ t: v.literal('pong'), echo: milliseconds }),
  auth: v.object({ t: v.literal('auth'), token: credential }),
  bye: v.object({ t: v.literal('bye'), why: v.exactOptional(shortText) })
}
