import type { Kysely } from 'kysely'
import type { Tables } from './tables.js'

/** A chat that somebody is assigned to. */
export interface AssignedChat {
  readonly c: string
  readonly operator: string
  readonly department: string | null
  /** Since when a text of the customer has had no answer. */
  readonly waitingSince: number | null
  /** Its operator has written in it. */
  readonly isAnswered: boolean
}

/** Open chats of a site that somebody has, of customers who were seen since an instant; those that wait longest come first. */
export async function readAssignedChats(site: string, db: Kysely<Tables>, seenSinceMs: number): Promise<AssignedChat[]> {
  const rows = await db
    .selectFrom('conversation')
    .innerJoin('visitor', (join) => join.onRef('visitor.site', '=', 'conversation.site').onRef('visitor.id', '=', 'conversation.visitor'))
    .select((eb) => [
      'conversation.c',
      'conversation.assignee',
      'conversation.department',
      'conversation.waiting_since',
      eb
        .exists(
          eb
            .selectFrom('event')
            .select('event.seq')
            .whereRef('event.c', '=', 'conversation.c')
            .whereRef('event.author', '=', 'conversation.assignee')
            .where('event.site', '=', site)
            .where('event.k', '=', 'text')
        )
        .as('is_answered')
    ])
    .where('conversation.site', '=', site)
    .where('conversation.state', '=', 'open')
    .where('conversation.chat', '=', 1)
    .where('conversation.assignee', 'is not', null)
    .where('visitor.seen_at', '>=', seenSinceMs)
    .orderBy((eb) => eb.fn.coalesce('conversation.waiting_since', eb.val(Number.MAX_SAFE_INTEGER)))
    .execute()
  return rows.map(({ c, assignee, department, waiting_since, is_answered }) => ({
    c,
    operator: assignee as string,
    department,
    waitingSince: waiting_since,
    isAnswered: Boolean(is_answered)
  }))
}
