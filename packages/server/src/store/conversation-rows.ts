import { ChatError, type ConversationRow, type Preview } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { ListPart } from './list-part.js'
import { prepared } from './prepared.js'
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
  const [row] = await oneRow(db, { site, c: key.c })
  if (!row) throw new ChatError('internal', `no result: the site has no conversation ${key.c}`)
  return rowOf(row, key.epoch)
}

const oneRow = prepared<{ readonly site: string; readonly c: string }, RowSource>((db, { site, c }) =>
  select(db).where('conversation.site', '=', site).where('conversation.c', '=', c)
)

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
}

/** Open chats of a site that somebody is assigned to. */
export async function readRunningChats(site: string, db: Kysely<Tables>): Promise<RunningChat[]> {
  const rows = await db
    .selectFrom('conversation')
    .select(['c', 'visitor', 'assignee'])
    .where('site', '=', site)
    .where('state', '=', 'open')
    .where('chat', '=', 1)
    .where('assignee', 'is not', null)
    .execute()
  return rows.map(({ c, visitor, assignee }) => ({ c, visitor, operator: assignee as string }))
}
