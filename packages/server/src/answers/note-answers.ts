import { keepFirstAnswer } from '../store/answer-store.js'
import type { Conversation } from '../store/conversation-store.js'
import type { StoredRequest } from '../store/request-store.js'
import type { WriteUnit } from '../writer/write-unit.js'

/** An operator's text, and what it is the answer to. */
export interface Answer {
  readonly operator: string
  /** As it was before the text. */
  readonly conversation: Conversation
  /** Those that waited until the text. */
  readonly requests: readonly StoredRequest[]
}

/** Notes whose wait an operator's text has ended: a chat's, if a text of it had no answer, and that of each request. */
export async function noteAnswers(site: string, unit: WriteUnit, { operator, conversation, requests }: Answer): Promise<void> {
  const { c, department, chat_asked_at: askedAt } = conversation
  if (askedAt !== null) await keepFirstAnswer(site, unit, { kind: 'chat', subject: c, c, department, asked_at: askedAt, operator })
  for (const { id, created_at, ...request } of requests)
    await keepFirstAnswer(site, unit, { kind: 'request', subject: id, c, department: request.department, asked_at: created_at, operator })
}
