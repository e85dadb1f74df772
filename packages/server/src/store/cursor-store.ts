import type { Cursor, Participant } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import { prepared, preparedOne } from './prepared.js'
import type { CursorTable, Tables } from './tables.js'

/** How far everybody has received and read a log. */
export async function readCursors(site: string, db: Kysely<Tables>, c: string): Promise<Cursor[]> {
  return (await cursorsOf(db, { site, c })).map(cursorOf)
}

const cursorsOf = prepared<Pick<CursorTable, 'site' | 'c'>, CursorTable>((db, { site, c }) =>
  db.selectFrom('cursor').selectAll().where('site', '=', site).where('c', '=', c).orderBy('participant')
)

function cursorOf(row: CursorTable): Cursor {
  const by: Participant = { role: row.role, id: row.participant, ...(row.name === null ? {} : { name: row.name }) }
  return { by, delivered: row.delivered, read: row.read }
}

/** A participant's positions in a log. */
export interface Position {
  readonly c: string
  readonly by: Participant
  readonly delivered: number
  readonly read: number
}

/** Moves a participant's positions forward, never back; null when nothing moved. */
export async function raiseCursor(site: string, unit: WriteUnit, { c, by, delivered, read }: Position): Promise<Cursor | null> {
  const old = await positionOf(unit.tx, { site, c, participant: by.id })
  const next = { delivered: Math.max(delivered, old?.delivered ?? 0), read: Math.max(read, old?.read ?? 0) }
  if (next.delivered === (old?.delivered ?? 0) && next.read === (old?.read ?? 0)) return null
  await keepPosition(unit.tx, { site, c, participant: by.id, role: by.role, name: by.name ?? null, ...next })
  return { by, ...next }
}

const positionOf = preparedOne<Pick<CursorTable, 'site' | 'c' | 'participant'>, Pick<CursorTable, 'delivered' | 'read'>>(
  (db, { site, c, participant }) =>
    db.selectFrom('cursor').select(['delivered', 'read']).where('site', '=', site).where('c', '=', c).where('participant', '=', participant)
)

const keepPosition = prepared<CursorTable>((db, { site, c, participant, role, name, delivered, read }) =>
  db
    .insertInto('cursor')
    .values({ site, c, participant, role, name, delivered, read })
    .onConflict((conflict) => conflict.columns(['site', 'c', 'participant']).doUpdateSet({ delivered, read, name }))
)
