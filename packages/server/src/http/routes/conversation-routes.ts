import {
  ChangeConversationBodySchema,
  ChatError,
  ConversationListSchema,
  ConversationRowSchema,
  EventPageSchema,
  InboxSnapshotSchema,
  type MessageReceipt,
  MessageReceiptSchema,
  SendMessageBodySchema
} from '@porchlight/protocol'
import type { ChatService, PublishOutcome } from '../../chat/chat-service.types.js'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { subjectOn } from '../caller.js'
import { ConversationPath, EventQuerySchema, ListQuerySchema, SitePath } from '../path-schemas.js'
import { InvalidRequest } from '../validation.js'

/** The inbox of a site and its conversations: what a socket also gives, for whoever has none. */
export function conversationRoutes({ domain: { chat } }: ApiContext): readonly ApiRoute[] {
  return [readInbox(chat), listConversations(chat), findConversation(chat), readEvents(chat), sendMessage(chat), changeConversation(chat)]
}

function readInbox(chat: ChatService): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/sites/:site/inbox',
    action: 'inbox.read',
    summary: 'Reads both lists and the operators in one moment. Subscribe to `inbox:<site>` from `head` and nothing is missed.',
    params: SitePath,
    answers: { 200: InboxSnapshotSchema },
    run: ({ params }) => chat.inbox(params.site)
  })
}

function listConversations(chat: ChatService): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/sites/:site/conversations',
    action: 'conversation.list',
    summary: 'Pages through the conversations of a site, most recently changed first.',
    params: SitePath,
    query: ListQuerySchema,
    answers: { 200: ConversationListSchema },
    run: ({ params, query }) => chat.conversations(params.site, query)
  })
}

function findConversation(chat: ChatService): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/sites/:site/conversations/:c',
    action: 'conversation.find',
    summary: 'Reads what the list says of one conversation.',
    params: ConversationPath,
    answers: { 200: ConversationRowSchema },
    run: ({ params: { site, c }, caller }) => chat.conversation(site, subjectOn(caller(), site), c)
  })
}

function readEvents(chat: ChatService): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/sites/:site/conversations/:c/events',
    action: 'conversation.read',
    summary: 'Reads the log of a conversation, oldest first.',
    params: ConversationPath,
    query: EventQuerySchema,
    answers: { 200: EventPageSchema },
    run: ({ params: { site, c }, query, caller }) => chat.read(site, subjectOn(caller(), site), { c, ...query })
  })
}

function sendMessage(chat: ChatService): ApiRoute {
  return apiRoute({
    method: 'POST',
    path: '/api/sites/:site/conversations/:c/messages',
    action: 'message.send',
    summary: 'Sends a message. The same id again stores nothing new and answers 200.',
    params: ConversationPath,
    body: SendMessageBodySchema,
    answers: { 200: MessageReceiptSchema, 201: MessageReceiptSchema },
    async run({ params: { site, c }, body: { id, text }, caller, reply }) {
      const receipt = receiptOf(await chat.publish(site, subjectOn(caller(), site), { c, id, k: 'text', body: { text } }))
      if (!receipt.dup) reply.code(201)
      return receipt
    }
  })
}

function changeConversation(chat: ChatService): ApiRoute {
  return apiRoute({
    method: 'PATCH',
    path: '/api/sites/:site/conversations/:c',
    action: 'conversation.change',
    summary: 'Closes a conversation or opens it again, gives it to a colleague or to nobody, or moves it to a department: one of these.',
    params: ConversationPath,
    body: ChangeConversationBodySchema,
    answers: { 200: ConversationRowSchema },
    async run({ params: { site, c }, body, caller }) {
      const operator = subjectOn(caller(), site)
      const { state, assignee, department } = body
      if (state !== undefined) return chat.setConversationState(site, operator, { c, state })
      const to = assignee === undefined ? { department: department ?? null } : { assignee }
      const outcome = await chat.transfer(site, operator, { c, to })
      if ('problem' in outcome) throw new InvalidRequest('body', [outcome.problem])
      return outcome.row
    }
  })
}

function receiptOf(outcome: PublishOutcome): MessageReceipt {
  if (outcome.outcome === 'refused') throw new ChatError(outcome.code, 'the message was not stored', { afterMs: outcome.afterMs })
  const { id, c, epoch, seq, ts, isDuplicate } = outcome
  return { id, c, epoch, seq, ts, ...(isDuplicate ? { dup: true } : {}) }
}
