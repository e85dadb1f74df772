import * as v from 'valibot'
import { count, type EntriesOf, flag, milliseconds, type Schema, word } from './schema.js'

/** Who did something. A visitor's `name` is what he typed, and proves nothing. */
export interface Participant {
  /** What kind of participant. */
  readonly role: 'visitor' | 'agent' | 'bot' | 'system'
  /** Unique on the site. */
  readonly id: string
  /** What to show. */
  readonly name?: string
}

/** Schema of {@link Participant}. */
export const ParticipantSchema: Schema<Participant> = v.object({
  role: v.picklist(['visitor', 'agent', 'bot', 'system']),
  id: word,
  name: v.exactOptional(word)
})

/** Kinds of events that version 1 names. A reader keeps the number of a kind it does not know and shows nothing. */
export type EventKind =
  | 'text'
  | 'file'
  | 'request'
  | 'converted'
  | 'status'
  | 'assigned'
  | 'joined'
  | 'left'
  | 'edited'
  | 'redacted'
  | 'card'
  | 'form'
  | 'reply'
  | 'lookup'
  | 'rating'
  | 'note'
  | 'hidden'

/**
 * One entry of a log. `seq` is dense from 1 in each log, so a hole is always visible; `id` is unique for ever, so sending
 * again is always safe. `k` is an {@link EventKind} or a kind of a newer server.
 */
export interface LogEvent {
  /** The log it stands in. */
  readonly c: string
  /** The log’s epoch. */
  readonly epoch: string
  /** Its place, dense from 1. */
  readonly seq: number
  /** The server’s clock at the commit; for display, never for order. */
  readonly ts: number
  /** Its author. */
  readonly by: Participant
  /** Its kind. */
  readonly k: string
  /** Made by the author’s client before its first send. */
  readonly id: string
  /** What it says; absent in `hidden`. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** The fields of {@link LogEvent}, for schemas that hold them among others. */
export const logEventEntries: EntriesOf<LogEvent> = {
  c: word,
  epoch: word,
  seq: count,
  ts: milliseconds,
  by: ParticipantSchema,
  k: word,
  id: word,
  data: v.exactOptional(v.record(v.string(), v.unknown()))
}

/** Schema of {@link LogEvent}. */
export const LogEventSchema: Schema<LogEvent> = v.object(logEventEntries)

/** Whether anybody can answer now. `unknown` is the client's own: no answer younger than 90 s. */
export type AvailabilityState = 'online' | 'busy' | 'away' | 'offline' | 'unknown'

/** Why the light is as it is. */
export type AvailabilityReason = 'available' | 'hours' | 'exception' | 'no_agents' | 'not_available' | 'full' | 'forced' | 'stale' | 'unreachable'

/** Whether anybody can answer now, since which revision, and what comes next. Instants are milliseconds since 1970 UTC. */
export interface Availability {
  /** Grows with each change and never goes back; an older one is ignored. */
  readonly rev: number
  /** Who is home. */
  readonly state: AvailabilityState
  /** Why. */
  readonly reason: AvailabilityReason
  /** When the next opening begins. */
  readonly opensAt?: number
  /** When the present one ends. */
  readonly closesAt?: number
  /** Expected wait in milliseconds. */
  readonly wait?: number
}

/** The fields of {@link Availability}, for schemas that hold them among others. */
export const availabilityEntries: EntriesOf<Availability> = {
  rev: count,
  state: v.picklist(['online', 'busy', 'away', 'offline', 'unknown']),
  reason: v.picklist(['available', 'hours', 'exception', 'no_agents', 'not_available', 'full', 'forced', 'stale', 'unreachable']),
  opensAt: v.exactOptional(milliseconds),
  closesAt: v.exactOptional(milliseconds),
  wait: v.exactOptional(milliseconds)
}

/** Schema of {@link Availability}. */
export const AvailabilitySchema: Schema<Availability> = v.object(availabilityEntries)

/** The public answer of `/v1/sites/:site/light`: {@link Availability} and, when a language was asked for, the status in words. */
export interface Light extends Availability {
  readonly text?: string
}

/** Schema of {@link Light}. */
export const LightSchema: Schema<Light> = v.object({ ...availabilityEntries, text: v.exactOptional(word) })

/** How far a participant has received and read a log: highest `seq`, cumulative, never going back. */
export interface Cursor {
  /** Whose. */
  readonly by: Participant
  /** Highest `seq` received. */
  readonly delivered: number
  /** Highest `seq` seen. */
  readonly read: number
}

/** Schema of {@link Cursor}. */
export const CursorSchema: Schema<Cursor> = v.object({ by: ParticipantSchema, delivered: count, read: count })

/** A conversation as its visitor's `welcome` lists it. */
export interface ConversationSummary {
  /** The conversation. */
  readonly c: string
  /** Its epoch. */
  readonly epoch: string
  /** Its highest `seq`. */
  readonly head: number
  /** A message to a closed one opens it again. */
  readonly state: 'open' | 'closed'
  /** Null: the whole site. */
  readonly department: string | null
  /** When it last changed. */
  readonly updatedAt: number
}

/** Schema of {@link ConversationSummary}. */
export const ConversationSummarySchema: Schema<ConversationSummary> = v.object({
  c: word,
  epoch: word,
  head: count,
  state: v.picklist(['open', 'closed']),
  department: v.nullable(word),
  updatedAt: milliseconds
})

/** Whom the server takes the caller for. `verified` is true only for a signed identity or an operator. */
export interface You {
  /** Unique on the site. */
  readonly id: string
  /** What others see. */
  readonly name?: string
  /** A signed identity or a signed-in operator. */
  readonly verified: boolean
}

/** Schema of {@link You}. */
export const YouSchema: Schema<You> = v.object({ id: word, name: v.exactOptional(word), verified: flag })
