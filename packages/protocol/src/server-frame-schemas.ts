import * as v from 'valibot'
import {
  AvailabilitySchema,
  availabilityEntries,
  ConversationSummarySchema,
  CursorSchema,
  LogEventSchema,
  logEventEntries,
  ParticipantSchema,
  YouSchema
} from './entities.js'
import { count, flag, milliseconds, type Schema, word } from './schema.js'
import type { ServerFrame } from './server-frames.js'
import { SiteInfoSchema, siteInfoEntries } from './site-info.js'

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
    session: v.exactOptional(word),
    now: milliseconds,
    hb: v.object({ every: milliseconds, grace: milliseconds }),
    limits: v.object({ text: count, frame: count }),
    durability: v.picklist(['fsync', 'memory']),
    token: v.exactOptional(word),
    you: YouSchema,
    subs: v.array(logSnapshot),
    conversations: v.exactOptional(v.array(ConversationSummarySchema)),
    avail: AvailabilitySchema,
    site: v.exactOptional(SiteInfoSchema),
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
  site: v.object({ t: v.literal('site'), ...siteInfoEntries }),
  queue: v.object({
    t: v.literal('queue'),
    c: word,
    position: v.exactOptional(count),
    since: v.exactOptional(milliseconds),
    estimate: v.exactOptional(milliseconds)
  }),
  ping: v.object({ t: v.literal('ping'), now: milliseconds, heads: v.exactOptional(v.record(v.string(), count)) }),
  pong: v.object({ t: v.literal('pong'), echo: milliseconds }),
  authok: v.object({ t: v.literal('authok'), exp_in: v.exactOptional(milliseconds), token: v.exactOptional(word) }),
  drain: v.object({ t: v.literal('drain'), after: v.tuple([milliseconds, milliseconds]), reason: word }),
  err: v.object({ t: v.literal('err'), code: word, retry, after: v.exactOptional(milliseconds), ref: v.exactOptional(word) })
}
