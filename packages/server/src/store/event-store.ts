import { ChatError, type EventData, limits, type Participant } from '@porchlight/protocol'
import { type Kysely, sql } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import { prepared, preparedOne } from './prepared.js'
import type { StoredEvent } from './stored-event.js'
import type { EventTable, Tables } from './tables.js'

/** An event before it has a number. */
export interface NewEvent {
  readonly c: string
  readonly by: Participant
  readonly k: string
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
  readonly bodyHash?: string
  readonly staffOnly?: boolean
}

const countOn = preparedOne<{ readonly site: string; readonly c: string }, { readonly head: number }>((db, { site, c }) =>
  db
    .updateTable('log')
    .set((eb) => ({ head: eb('head', '+', 1) }))
    .where('c', '=', c)
    .where('site', '=', site)
    .where('head', '<', Number.MAX_SAFE_INTEGER)
    .returning('head')
)

const insertEvent = prepared<EventTable>((db, { c, seq, site, ts, role, author, name, k, id, data, body_hash, staff_only }) =>
  db.insertInto('event').values({ c, seq, site, ts, role, author, name, k, id, data, body_hash, staff_only })
)

/**
 * Gives an event the next number of its log and stores it. The log must be there.
 *
 * @throws {ChatError} `conversation_gone` when the log has no number left that a client can hold; its author begins another one.
 */
export async function appendEvent(site: string, unit: WriteUnit, event: NewEvent): Promise<StoredEvent> {
  const { c, by, k, id, data, bodyHash = '', staffOnly = false } = event
  const log = await countOn(unit.tx, { site, c })
  if (!log) throw new ChatError('conversation_gone', 'there is no such log, or it is full')
  const seq = log.head
  const row: EventTable = {
    c,
    seq,
    site,
    ts: unit.now,
    role: by.role,
    author: by.id,
    name: by.name ?? null,
    k,
    id,
    data: JSON.stringify(data),
    body_hash: bodyHash,
    staff_only: staffOnly ? 1 : 0
  }
  await insertEvent(unit.tx, row)
  const stored: StoredEvent = { site, staffOnly, c, epoch: unit.epoch, seq, ts: unit.now, by, k, id, data }
  unit.report(stored)
  return stored
}

/** A run of a log, ascending. */
export interface EventRange {
  readonly c: string
  readonly from: number
  readonly limit: number
  /** As JSON. One event at least is read where there is any room: a run without events would be asked for again for ever. Default: a page. */
  readonly maxBytes?: number
  readonly epoch: string
}

/** What was read of a log, and how large it is as JSON, at most. */
export interface EventRun {
  readonly events: readonly StoredEvent[]
  readonly bytes: number
}

/** JSON of an event besides its data and its author's name, at most. */
const envelopeBytes = 320

/** Reads a run of a log, and nothing that does not fit into it. Whoever calls it has made sure that the reader may. */
export async function readEvents(site: string, db: Kysely<Tables>, range: EventRange): Promise<EventRun> {
  const { last, bytes } = await measure(site, db, range)
  if (last < range.from) return { events: [], bytes: 0 }
  const { c, from, epoch } = range
  const rows = await eventsBetween(db, { site, c, from, last })
  return { events: rows.map((row) => readEvent({ site, c, ...row }, epoch)), bytes }
}

interface Stretch {
  readonly site: string
  readonly c: string
  readonly from: number
}

/** An event as it is read: its log is known, and what tells a repeat is for the writer. */
type EventRow = Omit<EventTable, 'site' | 'c' | 'body_hash'>

const eventsBetween = prepared<Stretch & { readonly last: number }, EventRow>((db, { site, c, from, last }) =>
  db
    .selectFrom('event')
    .select(['seq', 'ts', 'role', 'author', 'name', 'k', 'id', 'data', 'staff_only'])
    .where('site', '=', site)
    .where('c', '=', c)
    .where('seq', '>=', from)
    .where('seq', '<=', last)
    .orderBy('seq')
)

/** The last event that fits. The length of a text is known without reading it, so what does not fit costs next to nothing. */
async function measure(
  site: string,
  db: Kysely<Tables>,
  { c, from, limit, maxBytes = limits.pageMaxBytes }: EventRange
): Promise<{ readonly last: number; readonly bytes: number }> {
  if (maxBytes <= 0) return { last: from - 1, bytes: 0 }
  const whole = await sizeFrom(db, { site, c, from, limit })
  if (!whole?.last || whole.bytes <= maxBytes) return { last: whole?.last ?? from - 1, bytes: whole?.bytes ?? 0 }
  const sizes = await sizesFrom(db, { site, c, from, limit })
  let last = from - 1
  let total = 0
  for (const { seq, bytes } of sizes) {
    if (last >= from && total + bytes > maxBytes) break
    last = seq
    total += bytes
  }
  return { last, bytes: total }
}

type LimitedStretch = Stretch & { readonly limit: number }

const sizesFrom = prepared<LimitedStretch, { readonly seq: number; readonly bytes: number }>(selectSizes)

/** All of them in one row, for most runs fit: `last` is null where there is nothing. */
const sizeFrom = preparedOne<LimitedStretch, { readonly last: number | null; readonly bytes: number }>((db, stretch) =>
  db.selectFrom(selectSizes(db, stretch).as('size')).select(({ fn }) => [fn.max('seq').as('last'), fn.sum<number>('bytes').as('bytes')])
)

function selectSizes(db: Kysely<Tables>, { site, c, from, limit }: LimitedStretch) {
  return db
    .selectFrom('event')
    .select(['seq', sql<number>`octet_length(data) + 2 * octet_length(coalesce(name, '')) + ${sql.lit(envelopeBytes)}`.as('bytes')])
    .where('site', '=', site)
    .where('c', '=', c)
    .where('seq', '>=', from)
    .orderBy('seq')
    .limit(limit)
}

function readEvent(row: Omit<EventTable, 'body_hash'>, epoch: string): StoredEvent {
  return {
    site: row.site,
    staffOnly: row.staff_only === 1,
    c: row.c,
    epoch,
    seq: row.seq,
    ts: row.ts,
    by: { role: row.role, id: row.author, ...(row.name === null ? {} : { name: row.name }) },
    k: row.k,
    id: row.id,
    data: JSON.parse(row.data) as Record<string, unknown>
  }
}

/** What identifies a message for ever. */
export interface EventKey {
  readonly c: string
  readonly author: string
  readonly id: string
}

type EventPlace = Pick<EventTable, 'seq' | 'ts' | 'body_hash'>

const eventById = preparedOne<EventKey & { readonly site: string }, EventPlace>((db, { site, c, author, id }) =>
  db
    .selectFrom('event')
    .select(['seq', 'ts', 'body_hash'])
    .where('site', '=', site)
    .where('c', '=', c)
    .where('author', '=', author)
    .where('id', '=', id)
)

/** Where a message stands, if it was stored before. */
export async function findEvent(site: string, db: Kysely<Tables>, key: EventKey): Promise<EventPlace | undefined> {
  const { c, author, id } = key
  return eventById(db, { site, c, author, id })
}

/** Whether the author has written to the log before. */
export async function hasWritten(site: string, db: Kysely<Tables>, { c, author }: Pick<EventKey, 'c' | 'author'>): Promise<boolean> {
  return (await oneWritten(db, { site, c, author })) !== undefined
}

const oneWritten = preparedOne<Omit<EventKey, 'id'> & { readonly site: string }>((db, { site, c, author }) =>
  db
    .selectFrom('event')
    .select('seq')
    .where('site', '=', site)
    .where('c', '=', c)
    .where('author', '=', author)
    .where('k', 'in', ['text', 'joined'])
    .limit(1)
)

/** Whom the log gave the conversation to last; null when to nobody. Closing a conversation takes it from him without a word about it. */
export async function readLastAssignee(site: string, db: Kysely<Tables>, c: string): Promise<string | null> {
  const found = await lastAssigned(db, { site, c })
  const data = found && (JSON.parse(found.data) as EventData['assigned'])
  return data?.operator?.id ?? null
}

const lastAssigned = preparedOne<{ readonly site: string; readonly c: string }, { readonly data: string }>((db, { site, c }) =>
  db.selectFrom('event').select('data').where('site', '=', site).where('c', '=', c).where('k', '=', 'assigned').orderBy('seq', 'desc').limit(1)
)
