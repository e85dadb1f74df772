import type { ConversationSummary } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { Subject } from '../chat/subject.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { newId } from './new-ids.js'
import { type Prepared, prepared } from './prepared.js'
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
  const found = subject.kind === 'visitor' ? await ownConversation(db, { site, c, visitor: subject.id }) : await anyConversation(db, { site, c })
  return found[0]
}

const anyConversation = prepared<{ readonly site: string; readonly c: string }, Conversation>((db, { site, c }) =>
  withHead(db).where('conversation.site', '=', site).where('conversation.c', '=', c)
)

const ownConversation = prepared<{ readonly site: string; readonly c: string; readonly visitor: string }, Conversation>((db, { site, c, visitor }) =>
  withHead(db).where('conversation.site', '=', site).where('conversation.c', '=', c).where('conversation.visitor', '=', visitor)
)

function withHead(db: Kysely<Tables>) {
  return db.selectFrom('conversation').innerJoin('log', 'log.c', 'conversation.c').selectAll('conversation').select('log.head')
}

/** Where a new conversation begins. */
export interface NewConversation {
  readonly visitor: string
  readonly openId?: string | undefined
  readonly department?: string | undefined
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
    staff_read: 0,
    page: start.page ?? null,
    title: start.title ?? null,
    locale: start.locale ?? null,
    open_id: start.openId ?? null,
    created_at: unit.now,
    updated_at: unit.now
  }
  await unit.tx.insertInto('log').values({ c: row.c, site, head: 0 }).execute()
  await unit.tx.insertInto('conversation').values(row).execute()
  return { ...row, head: 0 }
}

/** What may change in a conversation. */
export type ConversationChange = Partial<Pick<ConversationTable, 'state' | 'assignee' | 'chat' | 'preview' | 'waiting_since' | 'staff_read'>>

/** Changes a conversation, and notes when. */
export async function changeConversation(site: string, unit: WriteUnit, change: ConversationChange & { readonly c: string }): Promise<void> {
  const { c, ...rest } = change
  const values = { ...rest, updated_at: unit.now }
  const columns = (Object.keys(values) as (keyof typeof values)[]).sort()
  const name = columns.join()
  const update = updates.get(name) ?? updateOf(columns)
  updates.set(name, update)
  await update(unit.tx, { site, c, ...values })
}

type ChangedRow = ConversationChange & Pick<ConversationTable, 'site' | 'c' | 'updated_at'>
type Column = Exclude<keyof ChangedRow, 'site' | 'c'>

/** One for each set of columns that change together. */
const updates = new Map<string, Prepared<ChangedRow, unknown>>()

function updateOf(columns: readonly Column[]): Prepared<ChangedRow, unknown> {
  return prepared((db, row) => {
    const values = Object.fromEntries(columns.map((column) => [column, row[column]])) as Pick<ChangedRow, Column>
    return db.updateTable('conversation').set(values).where('site', '=', row.site).where('c', '=', row.c)
  })
}

/** Notes how far operators have read. It is no change that moves the conversation in a list. */
export async function keepStaffRead(site: string, unit: WriteUnit, { c, read }: { readonly c: string; readonly read: number }): Promise<void> {
  await unit.tx.updateTable('conversation').set({ staff_read: read }).where('site', '=', site).where('c', '=', c).execute()
}

/** The conversation that an `open` of this visitor made. */
export async function findOpened(
  site: string,
  db: Kysely<Tables>,
  key: { readonly visitor: string; readonly openId: string }
): Promise<Conversation | undefined> {
  return (await openedConversation(db, { site, ...key }))[0]
}

const openedConversation = prepared<{ readonly site: string; readonly visitor: string; readonly openId: string }, Conversation>(
  (db, { site, visitor, openId }) =>
    withHead(db).where('conversation.site', '=', site).where('conversation.visitor', '=', visitor).where('conversation.open_id', '=', openId)
)

/** A visitor's conversations, the last changed first. */
export async function conversationsOf(
  site: string,
  db: Kysely<Tables>,
  query: { readonly visitor: string; readonly limit: number }
): Promise<Conversation[]> {
  return withHead(db)
    .where('conversation.site', '=', site)
    .where('conversation.visitor', '=', query.visitor)
    .orderBy('conversation.updated_at', 'desc')
    .orderBy('conversation.c')
    .limit(query.limit)
    .execute()
}

/** A conversation as its visitor's lists show it. */
export function summaryOf({ c, head, state, department, updated_at }: Conversation, epoch: string): ConversationSummary {
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
