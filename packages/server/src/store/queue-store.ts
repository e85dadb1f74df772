import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.js'

/** A chat whose customer waits for an answer. */
export interface WaitingChat {
  readonly c: string
  readonly visitor: string
  readonly department: string | null
  /** Who has it, there or not. */
  readonly assignee: string | null
  /** When what he wrote into the chat began to wait; a request of his that was left before waits longer, and elsewhere. */
  readonly waitingSince: number
}

const askedAt = sql<number>`coalesce(conversation.chat_asked_at, conversation.waiting_since)`

/**
 * Open chats of a site whose customers wait, of those who were seen since an instant; who waits longest comes first. Who has left a request since he
 * wrote waits as its customer, and in no line.
 */
export async function readWaitingChats(site: string, db: Kysely<Tables>, seenSinceMs: number): Promise<WaitingChat[]> {
  return db
    .selectFrom('conversation')
    .innerJoin('visitor', (join) => join.onRef('visitor.site', '=', 'conversation.site').onRef('visitor.id', '=', 'conversation.visitor'))
    .select(['conversation.c', 'conversation.visitor', 'conversation.department', 'conversation.assignee', askedAt.as('waitingSince')])
    .where('conversation.site', '=', site)
    .where('conversation.state', '=', 'open')
    .where('conversation.chat', '=', 1)
    .where('conversation.waiting_since', 'is not', null)
    .where('visitor.seen_at', '>=', seenSinceMs)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('request')
            .select('request.id')
            .whereRef('request.site', '=', 'conversation.site')
            .whereRef('request.c', '=', 'conversation.c')
            .where('request.state', 'in', ['new', 'open'])
            .where('request.created_at', '>=', askedAt)
        )
      )
    )
    .orderBy(askedAt)
    .orderBy('conversation.c')
    .execute()
}
