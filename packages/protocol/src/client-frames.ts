import * as v from 'valibot'
import { idPatterns } from './ids.js'
import { limits } from './limits.js'
import { count, deviceId, flag, logId, messageId, milliseconds, type Schema, shortText } from './schema.js'

/** A log that the client already holds up to `have`, contiguous. */
export interface Subscription {
  readonly c: string
  readonly epoch: string
  readonly have: number
}

/** First frame of every connection. One of `token` (visitor), `ticket` (operator); neither asks for a new visitor. */
export interface HelloFrame {
  readonly t: 'hello'
  /** Lowest and highest protocol version the client speaks. */
  readonly v: readonly [number, number]
  readonly caps?: readonly string[]
  readonly device: string
  readonly tab?: string
  readonly gen?: number
  readonly token?: string
  readonly identity?: string
  readonly ticket?: string
  readonly session?: string
  readonly subs?: readonly Subscription[]
  /** Highest `n` used per log, for logs whose outbox is not empty. */
  readonly lastN?: Readonly<Record<string, number>>
}

/** Where a conversation begins. Nothing in it is trusted. */
export interface OpenMeta {
  readonly department?: string
  readonly page?: string
  readonly title?: string
  readonly locale?: string
}

/** Makes a conversation; the server chooses `c`. The same `id` again gives the same conversation. */
export interface OpenFrame {
  readonly t: 'open'
  readonly id: string
  readonly meta?: OpenMeta
}

/** Publishes one event. `id` and `n` stay the same at every resend. */
export interface PubFrame {
  readonly t: 'pub'
  readonly c: string
  readonly id: string
  /** Dense per conversation and device, from 1. */
  readonly n: number
  readonly k: string
  readonly body: Readonly<Record<string, unknown>>
  /** The author's clock, a hint for display only. */
  readonly at?: number
}

/** Asks for events from `from` on, oldest first; `sub` also delivers what comes later. */
export interface FetchFrame {
  readonly t: 'fetch'
  readonly rid: string
  readonly c: string
  readonly epoch?: string
  readonly from: number
  readonly limit?: number
  readonly sub?: boolean
}

/** Reports how far this participant received and read a log. */
export interface CursorFrame {
  readonly t: 'cur'
  readonly c: string
  readonly delivered: number
  readonly read: number
}

/** Says that this participant types, or stopped. */
export interface TypingFrame {
  readonly t: 'typing'
  readonly c: string
  readonly on: boolean
}

/** Are you there? Answered by a `pong` that echoes `now`. */
export interface ClientPingFrame {
  readonly t: 'ping'
  readonly now: number
}

/** Answers the server's `ping`; `echo` is its `now`. */
export interface ClientPongFrame {
  readonly t: 'pong'
  readonly echo: number
}

/** Renews the credential without a new connection. */
export interface AuthFrame {
  readonly t: 'auth'
  readonly token: string
}

/** Leaves on purpose. */
export interface ByeFrame {
  readonly t: 'bye'
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
    session: v.exactOptional(credential),
    subs: v.exactOptional(v.pipe(v.array(subscription), v.maxLength(limits.subscriptionsMax))),
    lastN: v.exactOptional(v.record(v.string(), count))
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
