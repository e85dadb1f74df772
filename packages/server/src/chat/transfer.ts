import type { ConversationRow, FieldProblem } from '@porchlight/protocol'
import { type ConversationChange, readConversationRow } from '../store/conversation-rows.js'
import type { Conversation } from '../store/conversation-store.js'
import { readSiteOperators } from '../store/presence-store.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { type ChatContext, change } from './chat-context.js'
import { assignTo, keepConversation } from './effects.js'
import { conversationOf } from './inbox.js'
import type { OperatorSubject } from './subject.js'

/** Where a conversation goes: to somebody who may answer on the site, or to nobody; or to a department, null being the whole site. */
export interface Transfer {
  readonly c: string
  readonly to: { readonly assignee: string | null } | { readonly department: string | null }
}

/** The conversation as lists show it from now on, or what of the transfer cannot be. */
export type TransferOutcome = { readonly row: ConversationRow } | { readonly problem: FieldProblem }

/** A transfer, and who makes it. */
export interface TransferAct {
  readonly operator: OperatorSubject
  readonly change: Transfer
}

/**
 * Gives an open conversation to a colleague, be he full or away, or to nobody, or moves it to a department, where it is nobody's. Whose it is
 * already stays so without a word. Whatever is handed to nobody waits, at its old place if its customer waited before.
 *
 * @throws {ChatError} `conversation_gone`, `forbidden`.
 */
export async function transfer(context: ChatContext, site: string, act: TransferAct): Promise<TransferOutcome> {
  const { to } = act.change
  const isUnknown = 'department' in to && to.department !== null && context.department(site, to.department) === null
  if (isUnknown) return { problem: { field: 'department', problem: 'is no department of this site' } }
  return change(context, 'conversation.transfer', { site, ...act })
}

/** What hands conversations on by hand. */
export const transferCommands = {
  'conversation.transfer': async (
    unit: WriteUnit,
    { site, operator, change: { c, to } }: TransferAct & { readonly site: string }
  ): Promise<TransferOutcome> => {
    const conversation = await conversationOf(site, unit, { operator, c })
    const field = 'department' in to ? 'department' : 'assignee'
    if (conversation.state === 'closed') return { problem: { field, problem: 'is of a closed conversation: open it first' } }
    const moved = 'department' in to ? await moveTo(site, unit, { conversation, to }) : await giveTo(site, unit, { conversation, to })
    if (moved === null) return { problem: { field, problem: 'is nobody who may answer on this site' } }
    if (Object.keys(moved).length > 0) await keepConversation(site, unit, { c, ...moved })
    return { row: await readConversationRow(site, unit.tx, { c, epoch: unit.epoch }) }
  }
}

interface Handing<To> {
  readonly conversation: Conversation
  readonly to: To
}

/** Null: there is no such colleague. */
async function giveTo(
  site: string,
  unit: WriteUnit,
  { conversation, to }: Handing<{ readonly assignee: string | null }>
): Promise<ConversationChange | null> {
  if (to.assignee === conversation.assignee) return {}
  if (to.assignee === null) return letGo(site, unit, conversation)
  const colleague = (await readSiteOperators(site, unit.tx)).find(({ id }) => id === to.assignee)
  return colleague ? assignTo(site, unit, { c: conversation.c, operator: colleague }) : null
}

async function moveTo(
  site: string,
  unit: WriteUnit,
  { conversation, to: { department } }: Handing<{ readonly department: string | null }>
): Promise<ConversationChange> {
  if (department !== conversation.department) return { department, ...(await letGo(site, unit, conversation)) }
  return conversation.assignee === null ? {} : letGo(site, unit, conversation)
}

/** Whoever hands a chat on promises an answer, so its customer waits even where every text of his has one. */
async function letGo(site: string, unit: WriteUnit, { c, chat, assignee, waiting_since }: Conversation): Promise<ConversationChange> {
  const released = assignee === null ? {} : await assignTo(site, unit, { c, operator: null })
  return { ...released, ...(chat === 1 ? { waiting_since: waiting_since ?? unit.now } : {}) }
}
