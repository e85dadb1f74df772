import { ChatError, type ConversationSummary, type LogEvent, type LogSnapshot, limits, type Subscription } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import { conversationsOf, findConversation, summaryOf } from '../store/conversation-store.js'
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
  readonly maxBytes: number
}

/** @throws {ChatError} `conversation_gone` when the log is not there for this subject. */
export async function readPage(context: ChatContext, site: string, { subject, query }: Pick<Reading, 'subject' | 'query'>): Promise<LogPage> {
  const { epoch } = context.db
  const page = await context.db.read((db) => readLog(site, { db, subject, epoch, query, maxBytes: limits.pageMaxBytes }))
  if (!page) throw new ChatError('conversation_gone', 'no such conversation for this caller')
  return page
}

/** Number of the newest event, if the log is there for this subject. */
async function findHead(site: string, { db, subject, query }: Reading): Promise<number | undefined> {
  if (query.c !== inboxOf(site)) return (await findConversation(site, db, { subject, c: query.c }))?.head
  return subject.kind === 'operator' && subject.site === site ? readHead(site, db, query.c) : undefined
}

async function readLog(site: string, reading: Reading): Promise<LogPage | undefined> {
  const { db, subject, epoch, query, maxBytes } = reading
  const head = await findHead(site, reading)
  if (head === undefined) return undefined
  const { c, from, device } = query
  const wanted = Math.min(query.limit, limits.pageMaxEvents)
  const found = from > head ? [] : await readEvents(site, db, { c, from, limit: wanted, epoch })
  const events = fitting(
    found.map((event) => visibleEvent(subject.kind, event)),
    maxBytes
  )
  const lastN = device === undefined ? 0 : await readLastN(site, db, { c, author: subject.id, device })
  return { c, epoch, head, events, more: (events.at(-1)?.seq ?? from - 1) < head, lastN, cursors: await readCursors(site, db, c) }
}

/** As many as fit, but one at least where there is any room: a page without events would be asked for again for ever. */
function fitting(events: readonly LogEvent[], maxBytes: number): readonly LogEvent[] {
  let bytes = 0
  const end = events.findIndex((event, index) => {
    bytes += Buffer.byteLength(JSON.stringify(event))
    return bytes > maxBytes && (index > 0 || maxBytes <= 0)
  })
  return end === -1 ? events : events.slice(0, end)
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
      const known = await readLog(site, {
        db,
        subject,
        epoch,
        maxBytes,
        query: { c: sub.c, device, from: sub.have + 1, limit: limits.pageMaxEvents }
      })
      if (!known) continue
      const isAstray = sub.epoch !== epoch || sub.have > known.head
      const page = isAstray
        ? await readLog(site, { db, subject, epoch, maxBytes, query: { c: sub.c, device, from: 1, limit: limits.pageMaxEvents } })
        : known
      if (!page) continue
      snapshots.push({ ...page, ...(isAstray ? { reset: true } : {}) })
      maxBytes -= Buffer.byteLength(JSON.stringify(page.events))
    }
    return { subs: snapshots, conversations: await summaries(site, db, { subject, epoch }) }
  })
}

async function summaries(site: string, db: Kysely<Tables>, { subject, epoch }: Pick<Reading, 'subject' | 'epoch'>): Promise<ConversationSummary[]> {
  if (subject.kind === 'operator') return []
  const found = await conversationsOf(site, db, { visitor: subject.id, limit: newestConversations })
  return found.map((conversation) => summaryOf(conversation, epoch))
}
