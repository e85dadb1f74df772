import {
  ChatError,
  type ConversationList,
  type ConversationRow,
  type InboxSnapshot,
  type RequestList,
  type RequestRow,
  type RequestState
} from '@porchlight/protocol'
import { readConversationRow, readConversationRows } from '../store/conversation-rows.js'
import { type Conversation, findConversation } from '../store/conversation-store.js'
import { appendEvent } from '../store/event-store.js'
import { inboxOf, readHead, reportRequest } from '../store/inbox-store.js'
import { newEventId } from '../store/new-ids.js'
import { readSiteOperators } from '../store/presence-store.js'
import { changeRequestState, findRequest, readRequestRow, readRequestRows } from '../store/request-store.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { type ChatContext, change } from './chat-context.js'
import type { ListQuery } from './chat-service.types.js'
import { keepConversation } from './effects.js'
import { mayWrite, type OperatorSubject, participantOf } from './subject.js'

/** Rows of each list in a snapshot; older ones are read by page. */
const snapshotRows = 200

/** Both lists and the operators of a site, in one moment with the head of its inbox log. */
export function readInbox({ db, staff, answerTargets, departments }: ChatContext, site: string): Promise<InboxSnapshot> {
  const { epoch } = db
  return db.read(async (snapshot) => {
    const query = { limit: snapshotRows, epoch }
    const live = new Set(staff(site).operators.map(({ id }) => id))
    const operators = await readSiteOperators(site, snapshot)
    return {
      epoch,
      head: await readHead(site, snapshot, inboxOf(site)),
      conversations: await readConversationRows(site, snapshot, query),
      requests: await readRequestRows(site, snapshot, query),
      operators: operators.map(({ id, name, isAvailable }) => ({ id, name, available: isAvailable, live: live.has(id) })),
      targets: answerTargets(site),
      departments: departments(site)
    }
  })
}

/** One page of a site's conversations. */
export async function listConversations({ db }: ChatContext, site: string, query: ListQuery): Promise<ConversationList> {
  const { limit } = query
  const rows = await readConversationRows(site, db.query, { ...query, limit: limit + 1, epoch: db.epoch })
  return { conversations: rows.slice(0, limit), more: rows.length > limit }
}

/** One page of a site's requests. */
export async function listRequests({ db }: ChatContext, site: string, query: ListQuery): Promise<RequestList> {
  const { limit } = query
  const rows = await readRequestRows(site, db.query, { ...query, limit: limit + 1, epoch: db.epoch })
  return { requests: rows.slice(0, limit), more: rows.length > limit }
}

/** The row of one conversation, also of one that is too old for the snapshot. @throws {ChatError} `conversation_gone`. */
export function findConversationRow(
  { db }: ChatContext,
  site: string,
  { operator, c }: { readonly operator: OperatorSubject; readonly c: string }
): Promise<ConversationRow> {
  return db.read(async (snapshot) => {
    const conversation = await findConversation(site, snapshot, { subject: operator, c })
    if (!conversation) throw new ChatError('conversation_gone', 'no such conversation on this site')
    return readConversationRow(site, snapshot, { c, epoch: db.epoch })
  })
}

/** The row of one request, also of one that is too old for the snapshot. @throws {ChatError} `not_found`. */
export async function findRequestRow({ db }: ChatContext, site: string, id: string): Promise<RequestRow> {
  const request = await findRequest(site, db.query, id)
  if (!request) throw new ChatError('not_found', 'no such request on this site')
  return readRequestRow(site, db.query, { request, epoch: db.epoch })
}

/** A change that an operator makes to a conversation. */
export interface ConversationAct {
  readonly operator: OperatorSubject
  readonly change: { readonly c: string; readonly state: 'open' | 'closed' }
}

/** A change that an operator makes to a request. */
export interface RequestAct {
  readonly operator: OperatorSubject
  readonly change: { readonly id: string; readonly state: RequestState }
}

/**
 * Closes a conversation or opens it again. What is closed is nobody's: whoever opens it again starts a new chat. To say what it is already
 * changes nothing.
 *
 * @throws {ChatError} `conversation_gone`, `forbidden`.
 */
export function setConversationState(context: ChatContext, site: string, act: ConversationAct): Promise<ConversationRow> {
  return change(context, 'conversation.setState', { site, ...act })
}

/**
 * Changes the state of a request.
 *
 * @throws {ChatError} `not_found`, `forbidden`.
 */
export function setRequestState(context: ChatContext, site: string, act: RequestAct): Promise<RequestRow> {
  return change(context, 'request.setState', { site, ...act })
}

type OnSite<T> = T & { readonly site: string }

/** What operators change in their lists. */
export const inboxCommands = {
  'conversation.setState': async (unit: WriteUnit, { site, operator, change: { c, state } }: OnSite<ConversationAct>): Promise<ConversationRow> => {
    const conversation = await conversationOf(site, unit, { operator, c })
    if (conversation.state !== state) {
      await appendEvent(site, unit, { c, by: participantOf(operator), k: 'status', id: newEventId(unit.now), data: { status: state } })
      await keepConversation(site, unit, { c, state, ...(state === 'closed' ? { waiting_since: null, chat_asked_at: null, assignee: null } : {}) })
    }
    return readConversationRow(site, unit.tx, { c, epoch: unit.epoch })
  },
  'request.setState': async (unit: WriteUnit, { site, operator, change: wanted }: OnSite<RequestAct>): Promise<RequestRow> => {
    if (!mayWrite(operator)) throw new ChatError('forbidden', 'this account only watches')
    const request = await changeRequestState(site, unit, wanted)
    if (!request) throw new ChatError('not_found', 'no such request on this site')
    await reportRequest(site, unit, request)
    return readRequestRow(site, unit.tx, { request, epoch: unit.epoch })
  }
}

/** A conversation that an operator is about to change. @throws {ChatError} `conversation_gone`, `forbidden`. */
export async function conversationOf(
  site: string,
  unit: WriteUnit,
  { operator, c }: { readonly operator: OperatorSubject; readonly c: string }
): Promise<Conversation> {
  if (!mayWrite(operator)) throw new ChatError('forbidden', 'this account only watches')
  const conversation = await findConversation(site, unit.tx, { subject: operator, c })
  if (!conversation) throw new ChatError('conversation_gone', 'no such conversation on this site')
  return conversation
}
