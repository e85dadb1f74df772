import { ChatError, type ConversationSummary, type LogSnapshot, limits, type Subscription } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import { findConversation, summariesOf } from '../store/conversation-store.js'
import { readCursors } from '../store/cursor-store.js'
import { readLastN } from '../store/device-store.js'
import { readEvents } from '../store/event-store.js'
import { inboxOf, readHead } from '../store/inbox-store.js'
import type { Tables } from '../store/tables.js'
import type { ChatContext } from './chat-context.js'
import type { Greeting, LogPage, LogQuery } from './chat-service.types.js'
import type { Subject } from './subject.js'
import { visibleEvent } from './visible-event.js'

/** Conversations that a visitor's connection starts with. */
const newestConversations = 20

interface Reading {
  readonly db: Kysely<Tables>
  readonly subject: Subject
  readonly epoch: string
  readonly query: LogQuery
  readonly head: number
  readonly maxBytes: number
}

/** @throws {ChatError} `conversation_gone` when the log is not there for this subject. */
export async function readPage(context: ChatContext, site: string, { subject, query }: Pick<Reading, 'subject' | 'query'>): Promise<LogPage> {
  const { epoch } = context.db
  return context.db.read(async (db) => {
    const head = await findHead(site, { db, subject, c: query.c })
    if (head === undefined) throw new ChatError('conversation_gone', 'no such conversation for this caller')
    const { page } = await readLog(site, { db, subject, epoch, query, head, maxBytes: limits.pageMaxBytes })
    return page
  })
}

/** Number of the newest event, if the log is there for this subject. */
async function findHead(site: string, { db, subject, c }: Pick<Reading, 'db' | 'subject'> & { readonly c: string }): Promise<number | undefined> {
  if (c !== inboxOf(site)) return (await findConversation(site, db, { subject, c }))?.head
  return subject.kind === 'operator' && subject.site === site ? readHead(site, db, c) : undefined
}

async function readLog(site: string, { db, subject, epoch, query, head, maxBytes }: Reading): Promise<{ page: LogPage; bytes: number }> {
  const { c, from, device } = query
  const limit = Math.min(query.limit, limits.pageMaxEvents)
  const { events, bytes } = from > head ? { events: [], bytes: 0 } : await readEvents(site, db, { c, from, limit, maxBytes, epoch })
  const more = (events.at(-1)?.seq ?? from - 1) < head
  const lastN = device === undefined ? 0 : await readLastN(site, db, { c, author: subject.id, device })
  const cursors = await readCursors(site, db, c)
  return { page: { c, epoch, head, events: events.map((event) => visibleEvent(subject.kind, event)), more, lastN, cursors }, bytes }
}

/** What a connection starts with. */
export interface GreetingStart {
  readonly subject: Subject
  readonly device: string
  readonly subs: readonly Subscription[]
}

/** Reads everything a connection starts with in one moment. All its events together are no more than one page. */
export function greet({ db: { read, epoch } }: ChatContext, site: string, { subject, device, subs }: GreetingStart): Promise<Greeting> {
  return read(async (db) => {
    const snapshots: LogSnapshot[] = []
    let maxBytes = limits.pageMaxBytes
    for (const sub of subs) {
      const { c } = sub
      const head = await findHead(site, { db, subject, c })
      if (head === undefined) continue
      const isAstray = sub.epoch !== epoch || sub.have > head
      const query = { c, device, from: isAstray ? 1 : sub.have + 1, limit: limits.pageMaxEvents }
      const { page, bytes } = await readLog(site, { db, subject, epoch, query, head, maxBytes })
      snapshots.push({ ...page, ...(isAstray ? { reset: true } : {}) })
      maxBytes -= bytes
    }
    return { subs: snapshots, conversations: await summaries(site, db, { subject, epoch }) }
  })
}

async function summaries(site: string, db: Kysely<Tables>, { subject, epoch }: Pick<Reading, 'subject' | 'epoch'>): Promise<ConversationSummary[]> {
  if (subject.kind === 'operator') return []
  return summariesOf(site, db, { visitor: subject.id, limit: newestConversations, epoch })
}
