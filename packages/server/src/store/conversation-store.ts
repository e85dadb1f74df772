import type { ConversationSummary } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { Subject } from '../chat/subject.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { newId } from './new-ids.js'
import { prepared, preparedOne } from './prepared.js'
import type { ConversationTable, Tables } from './tables.js'

/** A conversation and the number of its newest event. */
export type Conversation = ConversationTable & { readonly head: number }

/** The conversation, if it is there for this subject: his own, or on his site. */
export async function findConversation(
  site: string,
  db: Kysely<Tables>,
  key: { readonly subject: Subject; readonly c: string }
): Promise<Conversation | undefined> {
  const { subject, c } = key
  if (subject.site !== site) return undefined
  return subject.kind === 'visitor' ? ownConversation(db, { site, c, visitor: subject.id }) : anyConversation(db, { site, c })
}

const anyConversation = preparedOne<{ readonly site: string; readonly c: string }, Conversation>((db, { site, c }) =>
  withHead(db).where('conversation.site', '=', site).where('conversation.c', '=', c)
)

const ownConversation = preparedOne<{ readonly site: string; readonly c: string; readonly visitor: string }, Conversation>(
  (db, { site, c, visitor }) =>
    withHead(db).where('conversation.site', '=', site).where('conversation.c', '=', c).where('conversation.visitor', '=', visitor)
)

function withHead(db: Kysely<Tables>) {
  return db.selectFrom('conversation').innerJoin('log', 'log.c', 'conversation.c').selectAll('conversation').select('log.head')
}

/** Where a new conversation begins. */
export interface NewConversation {
  readonly visitor: string
  readonly openId?: string | undefined
  /** Default: the whole site. */
  readonly department?: string | null | undefined
  readonly page?: string | undefined
  readonly title?: string | undefined
  readonly locale?: string | undefined
}

/** Makes an empty conversation. */
export async function createConversation(site: string, unit: WriteUnit, start: NewConversation): Promise<Conversation> {
  const row: ConversationTable = {
    c: newId('c_'),
    site,
    visitor: start.visitor,
    department: start.department ?? null,
    state: 'open',
    assignee: null,
    chat: 0,
    preview: null,
    waiting_since: null,
    chat_asked_at: null,
    staff_read: 0,
    page: start.page ?? null,
    title: start.title ?? null,
    locale: start.locale ?? null,
    open_id: start.openId ?? null,
    created_at: unit.now,
    updated_at: unit.now
  }
  await addLog(unit.tx, { c: row.c, site })
  await addConversation(unit.tx, row)
  return { ...row, head: 0 }
}

const addLog = prepared<Pick<ConversationTable, 'c' | 'site'>>((db, { c, site }) => db.insertInto('log').values({ c, site, head: 0 }))

const addConversation = prepared<ConversationTable>((db, row) =>
  db.insertInto('conversation').values({
    c: row.c,
    site: row.site,
    visitor: row.visitor,
    department: row.department,
    state: row.state,
    assignee: row.assignee,
    chat: row.chat,
    preview: row.preview,
    waiting_since: row.waiting_since,
    chat_asked_at: row.chat_asked_at,
    staff_read: row.staff_read,
    page: row.page,
    title: row.title,
    locale: row.locale,
    open_id: row.open_id,
    created_at: row.created_at,
    updated_at: row.updated_at
  })
)

/** Notes how far operators have read. It is no change that moves the conversation in a list. */
export async function keepStaffRead(site: string, unit: WriteUnit, { c, read }: { readonly c: string; readonly read: number }): Promise<void> {
  await unit.tx.updateTable('conversation').set({ staff_read: read }).where('site', '=', site).where('c', '=', c).execute()
}

/** From now on an `open` of that id has made the conversation. */
export async function keepOpenId(site: string, unit: WriteUnit, { c, openId }: { readonly c: string; readonly openId: string }): Promise<void> {
  await unit.tx.updateTable('conversation').set({ open_id: openId }).where('site', '=', site).where('c', '=', c).execute()
}

/** The conversation that an `open` of this visitor made. */
export async function findOpened(
  site: string,
  db: Kysely<Tables>,
  key: { readonly visitor: string; readonly openId: string }
): Promise<Conversation | undefined> {
  return openedConversation(db, { site, ...key })
}

const openedConversation = preparedOne<{ readonly site: string; readonly visitor: string; readonly openId: string }, Conversation>(
  (db, { site, visitor, openId }) =>
    withHead(db).where('conversation.site', '=', site).where('conversation.visitor', '=', visitor).where('conversation.open_id', '=', openId)
)

/** The conversation of a visitor that changed last. */
export async function newestConversation(site: string, db: Kysely<Tables>, visitor: string): Promise<Conversation | undefined> {
  return newestOf(db, { site, visitor })
}

const newestOf = preparedOne<{ readonly site: string; readonly visitor: string }, Conversation>((db, { site, visitor }) =>
  withHead(db)
    .where('conversation.site', '=', site)
    .where('conversation.visitor', '=', visitor)
    .orderBy('conversation.updated_at', 'desc')
    .orderBy('conversation.c')
    .limit(1)
)

type Summary = Pick<Conversation, 'c' | 'head' | 'state' | 'department' | 'updated_at'>

/** What a visitor's lists show of his conversations, the last changed first. */
export async function summariesOf(
  site: string,
  db: Kysely<Tables>,
  query: { readonly visitor: string; readonly limit: number; readonly epoch: string }
): Promise<ConversationSummary[]> {
  const { visitor, limit, epoch } = query
  return (await shownOf(db, { site, visitor, limit })).map((shown) => summaryOf(shown, epoch))
}

const shownOf = prepared<{ readonly site: string; readonly visitor: string; readonly limit: number }, Summary>((db, { site, visitor, limit }) =>
  db
    .selectFrom('conversation')
    .innerJoin('log', 'log.c', 'conversation.c')
    .select(['conversation.c', 'log.head', 'conversation.state', 'conversation.department', 'conversation.updated_at'])
    .where('conversation.site', '=', site)
    .where('conversation.visitor', '=', visitor)
    .orderBy('conversation.updated_at', 'desc')
    .orderBy('conversation.c')
    .limit(limit)
)

/** A conversation as its visitor's lists show it. */
export function summaryOf({ c, head, state, department, updated_at }: Summary, epoch: string): ConversationSummary {
  return { c, epoch, head, state, department, updatedAt: updated_at }
}

/** Open chats by operator, of customers who were seen since an instant. */
export async function readLoads(site: string, db: Kysely<Tables>, seenSinceMs: number): Promise<ReadonlyMap<string, number>> {
  const rows = await openChats(db, { site, seenSinceMs })
  return new Map(rows.map(({ assignee, load }) => [assignee as string, load]))
}

interface Load {
  readonly assignee: string | null
  readonly load: number
}

const openChats = prepared<{ readonly site: string; readonly seenSinceMs: number }, Load>((db, { site, seenSinceMs }) =>
  db
    .selectFrom('conversation')
    .innerJoin('visitor', (join) => join.onRef('visitor.site', '=', 'conversation.site').onRef('visitor.id', '=', 'conversation.visitor'))
    .select(['conversation.assignee', (eb) => eb.fn.countAll<number>().as('load')])
    .where('conversation.site', '=', site)
    .where('conversation.state', '=', 'open')
    .where('conversation.chat', '=', 1)
    .where('conversation.assignee', 'is not', null)
    .where('visitor.seen_at', '>=', seenSinceMs)
    .groupBy('conversation.assignee')
)
