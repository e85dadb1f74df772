import type { Participant, Preview } from '@porchlight/protocol'
import type { LeasedOperator } from '../presence/presence.types.js'
import { isNobodys } from '../queue/lines.js'
import { type ConversationChange, changeConversation } from '../store/conversation-rows.js'
import { type Conversation, readLoads } from '../store/conversation-store.js'
import { appendEvent, hasWritten, readLastAssignee } from '../store/event-store.js'
import { reportConversationRow, reportRequest, system } from '../store/inbox-store.js'
import { newEventId } from '../store/new-ids.js'
import { readWaitingChats } from '../store/queue-store.js'
import { answerRequests, type StoredRequest } from '../store/request-store.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { askForAnswers } from './ask-for-mail.js'
import type { Mailing, Staff } from './chat-context.js'
import { chooseOperator, isFree } from './choose-operator.js'
import { staffFor } from './site-staff.js'
import { type OperatorSubject, participantOf } from './subject.js'

/** Characters of a text that a list row shows. */
const previewMaxChars = 200

/** The newest visible thing, for lists. */
export function previewOf(text: string, by: Participant, at: number): string {
  const preview: Preview = { text: Array.from(text).slice(0, previewMaxChars).join(''), by: by.role, at }
  return JSON.stringify(preview)
}

/** A message opens a closed conversation again; the log says so before it. */
export async function reopen(site: string, unit: WriteUnit, { c, state }: Conversation): Promise<ConversationChange> {
  if (state === 'open') return {}
  await appendEvent(site, unit, { c, by: system, k: 'status', id: newEventId(unit.now), data: { status: 'open' } })
  return { state: 'open' }
}

/** Says who takes care of a conversation from now on. */
export async function assignTo(
  site: string,
  unit: WriteUnit,
  { c, operator }: { readonly c: string; readonly operator: { readonly id: string; readonly name: string } | null }
): Promise<ConversationChange> {
  const data = { operator: operator && { id: operator.id, name: operator.name } }
  await appendEvent(site, unit, { c, by: system, k: 'assigned', id: newEventId(unit.now), data })
  return { assignee: operator?.id ?? null }
}

/** Who writes to which conversation, and who is there. */
export interface Scene {
  readonly staff: Staff
  readonly conversation: Conversation
}

/** A customer wrote: somebody of its department who is there gets the chat, unless somebody who is there has it. Whoever had it last is asked first. */
export async function findOperator(site: string, unit: WriteUnit, { staff, conversation }: Scene): Promise<ConversationChange> {
  const { c, assignee } = conversation
  const { operators, doors } = staffFor(staff, conversation)
  if (doors !== 'open' || staff.operators.some(({ id }) => id === assignee)) return {}
  if (!operators.some(isFree)) return {}
  const loads = await readLoads(site, unit.tx, unit.now - staff.loadWindowMs)
  const preferred = await readLastAssignee(site, unit.tx, c)
  const operator = chooseOperator({ operators, loads, capacity: staff.capacity }, preferred)
  return operator && (await isFirstInLine(site, unit, { staff, conversation, operator })) ? assignTo(site, unit, { c, operator }) : {}
}

/** Nobody overtakes who waits already for the same operator, in whichever line: the queue gives chats in their order. */
async function isFirstInLine(
  site: string,
  unit: WriteUnit,
  { staff, conversation, operator }: Scene & { readonly operator: LeasedOperator }
): Promise<boolean> {
  const waiting = await readWaitingChats(site, unit.tx, unit.now - staff.loadWindowMs)
  const first = waiting.find((chat) => {
    const { operators, doors } = staffFor(staff, chat)
    return isNobodys(staff, chat) && doors === 'open' && operators.some(({ id }) => id === operator.id)
  })
  return first === undefined || first.c === conversation.c
}

/** An operator is about to write: what nobody has who is there becomes his; in a colleague's conversation he joins, once. */
export async function takePart(
  site: string,
  unit: WriteUnit,
  { staff, conversation, operator }: Scene & { readonly operator: OperatorSubject }
): Promise<ConversationChange> {
  const { c, assignee } = conversation
  if (assignee === operator.id) return {}
  if (!staff.operators.some(({ id }) => id === assignee)) return assignTo(site, unit, { c, operator })
  if (await hasWritten(site, unit.tx, { c, author: operator.id })) return {}
  await appendEvent(site, unit, { c, by: participantOf(operator), k: 'joined', id: newEventId(unit.now), data: {} })
  return {}
}

/** An operator has written: requests that waited there are answered, by mail, too. `seq` is the number of what he wrote. Returns them. */
export async function settleRequests(
  site: string,
  unit: WriteUnit,
  { c, seq, mailing }: { readonly c: string; readonly seq: number; readonly mailing: Mailing }
): Promise<readonly StoredRequest[]> {
  const answered = await answerRequests(site, unit, c)
  await askForAnswers(site, unit, { mailing, answered, seq })
  for (const request of answered) await reportRequest(site, unit, request)
  return answered
}

/** Keeps what a conversation adds up to now, and tells operators. */
export async function keepConversation(site: string, unit: WriteUnit, change: ConversationChange & { readonly c: string }): Promise<void> {
  await reportConversationRow(site, unit, await changeConversation(site, unit, change))
}
