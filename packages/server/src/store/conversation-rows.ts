import { ChatError, type ConversationRow, type Preview } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import type { ListPart } from './list-part.js'
import { type PreparedOne, preparedOne } from './prepared.js'
import type { ConversationTable, Tables } from './tables.js'

type RowSource = ConversationTable & { readonly head: number; readonly visitor_name: string | null; readonly assignee_name: string | null }

function select(db: Kysely<Tables>) {
  return db
    .selectFrom('conversation')
    .innerJoin('log', 'log.c', 'conversation.c')
    .innerJoin('visitor', (join) => join.onRef('visitor.site', '=', 'conversation.site').onRef('visitor.id', '=', 'conversation.visitor'))
    .leftJoin('operator', 'operator.id', 'conversation.assignee')
    .selectAll('conversation')
    .select(['log.head', 'visitor.name as visitor_name', 'operator.name as assignee_name'])
}

/** The list row of a conversation. */
export async function readConversationRow(
  site: string,
  db: Kysely<Tables>,
  key: { readonly c: string; readonly epoch: string }
): Promise<ConversationRow> {
  const row = await oneRow(db, { site, c: key.c })
  if (!row) throw new ChatError('internal', `no result: the site has no conversation ${key.c}`)
  return rowOf(row, key.epoch)
}

const oneRow = preparedOne<{ readonly site: string; readonly c: string }, RowSource>((db, { site, c }) =>
  select(db).where('conversation.site', '=', site).where('conversation.c', '=', c)
)

/** What may change in a conversation. */
export type ConversationChange = Partial<
  Pick<ConversationTable, 'state' | 'assignee' | 'department' | 'chat' | 'preview' | 'waiting_since' | 'chat_asked_at' | 'staff_read'>
>

/** Changes a conversation, and notes when. Resolves to what lists show of it from now on. */
export async function changeConversation(
  site: string,
  unit: WriteUnit,
  change: ConversationChange & { readonly c: string }
): Promise<ConversationRow> {
  const { c, ...rest } = change
  const values = { ...rest, updated_at: unit.now }
  const columns = (Object.keys(values) as (keyof typeof values)[]).sort()
  const name = columns.join()
  const update = updates.get(name) ?? updateOf(columns)
  updates.set(name, update)
  const row = await update(unit.tx, { site, c, ...values })
  if (!row) throw new ChatError('internal', `no result: the site has no conversation ${c}`)
  return rowOf(row, unit.epoch)
}

type ChangedRow = ConversationChange & Pick<ConversationTable, 'site' | 'c' | 'updated_at'>
type Column = Exclude<keyof ChangedRow, 'site' | 'c'>

/** One for each set of columns that change together. */
const updates = new Map<string, PreparedOne<ChangedRow, RowSource>>()

function updateOf(columns: readonly Column[]): PreparedOne<ChangedRow, RowSource> {
  return preparedOne((db, row) => {
    const values = Object.fromEntries(columns.map((column) => [column, row[column]])) as Pick<ChangedRow, Column>
    return db
      .updateTable('conversation')
      .set(values)
      .where('site', '=', row.site)
      .where('c', '=', row.c)
      .returningAll()
      .returning((eb) => [
        eb.selectFrom('log').select('log.head').whereRef('log.c', '=', 'conversation.c').as('head'),
        eb
          .selectFrom('visitor')
          .select('visitor.name')
          .whereRef('visitor.site', '=', 'conversation.site')
          .whereRef('visitor.id', '=', 'conversation.visitor')
          .as('visitor_name'),
        eb.selectFrom('operator').select('operator.name').whereRef('operator.id', '=', 'conversation.assignee').as('assignee_name')
      ])
      .$castTo<RowSource>()
  })
}

/** Rows of a site’s conversations, the last changed first, those of one instant by their id. */
export async function readConversationRows(site: string, db: Kysely<Tables>, query: ListPart): Promise<ConversationRow[]> {
  const { before, beforeId } = query
  let rows = select(db).where('conversation.site', '=', site)
  if (before !== undefined)
    rows = rows.where((where) => {
      const isOlder = where('conversation.updated_at', '<', before)
      if (beforeId === undefined) return isOlder
      return where.or([isOlder, where.and([where('conversation.updated_at', '=', before), where('conversation.c', '>', beforeId)])])
    })
  const found = await rows.orderBy('conversation.updated_at', 'desc').orderBy('conversation.c').limit(query.limit).execute()
  return found.map((row) => rowOf(row, query.epoch))
}

function rowOf(row: RowSource, epoch: string): ConversationRow {
  return {
    c: row.c,
    epoch,
    head: row.head,
    state: row.state,
    department: row.department,
    visitor: { id: row.visitor, name: row.visitor_name ?? '' },
    assignee: row.assignee === null ? null : { id: row.assignee, name: row.assignee_name ?? '' },
    preview: row.preview === null ? null : (JSON.parse(row.preview) as Preview),
    waitingSince: row.waiting_since,
    read: row.staff_read,
    chat: row.chat === 1,
    page: row.page,
    createdAt: row.created_at,
    updatedAt: row.updated_at
  }
}

/** A chat of an operator that a customer may be in the middle of. */
export interface RunningChat {
  readonly c: string
  readonly visitor: string
  readonly operator: string
  readonly department: string | null
}

/** Open chats of a site that somebody is assigned to. */
export async function readRunningChats(site: string, db: Kysely<Tables>): Promise<RunningChat[]> {
  const rows = await db
    .selectFrom('conversation')
    .select(['c', 'visitor', 'assignee', 'department'])
    .where('site', '=', site)
    .where('state', '=', 'open')
    .where('chat', '=', 1)
    .where('assignee', 'is not', null)
    .execute()
  return rows.map(({ c, visitor, assignee, department }) => ({ c, visitor, operator: assignee as string, department }))
}
