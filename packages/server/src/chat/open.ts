import type { ConversationSummary, OpenMeta } from '@porchlight/protocol'
import { refuseUntil } from '../limits/refuse-until.js'
import { createConversation, findOpened, keepOpenId, newestConversation, summaryOf } from '../store/conversation-store.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { type ChatContext, change } from './chat-context.js'
import type { VisitorSubject } from './subject.js'

/** What makes a conversation. */
export interface OpenAttempt {
  readonly visitor: VisitorSubject
  readonly id: string
  readonly meta?: OpenMeta | undefined
  /** Key of the address for buckets; null is not counted. */
  readonly address: string | null
}

/**
 * Makes a conversation, or takes up one that a request of the visitor began; the same id again gives the same one. Operators hear of it with
 * its first event.
 *
 * @throws {ChatError} `rate_limited`.
 */
export function open(context: ChatContext, site: string, attempt: OpenAttempt): Promise<ConversationSummary> {
  // Departments are named by the site; one that it does not have is the whole site.
  return change(context, 'conversation.open', { site, ...attempt, department: context.department(site, attempt.meta?.department) })
}

interface OpenInput extends OpenAttempt {
  readonly site: string
  readonly department: string | null
}

/** What begins conversations. */
export const openCommands = {
  'conversation.open': async (unit: WriteUnit, attempt: OpenInput): Promise<ConversationSummary> => {
    const { site, visitor, id, meta, address, department } = attempt
    const known = await findOpened(site, unit.tx, { visitor: visitor.id, openId: id })
    if (known) return summaryOf(known, unit.epoch)
    // His request has begun one meanwhile, in another tab say: what he asks here would stand apart from it.
    const newest = await newestConversation(site, unit.tx, visitor.id)
    if (newest?.open_id === null) {
      await keepOpenId(site, unit, { c: newest.c, openId: id })
      return summaryOf(newest, unit.epoch)
    }
    const { limits } = unit
    const afterMs =
      (await limits.takeAddress('conversationsPerAddress', address)) || (await limits.take('conversationsPerVisitor', `${site} ${visitor.id}`))
    refuseUntil(afterMs, 'too many new conversations')
    const { page, title, locale } = meta ?? {}
    const start = { visitor: visitor.id, openId: id, department, page: page && withoutQuery(page), title, locale }
    const made = await createConversation(site, unit, start)
    return summaryOf(made, unit.epoch)
  }
}

/** Queries and fragments carry secrets of other people's pages. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}
