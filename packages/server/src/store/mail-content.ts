import type { Kysely } from 'kysely'
import type { MailJobTable, RequestTable, Tables } from './tables.js'

/** What a mail is written from. */
export interface MailContent extends Pick<RequestTable, 'reference' | 'fields' | 'locale'> {
  /** Name of whoever wrote the event that the mail carries. */
  readonly author: string | null
  /** Data of that event, as JSON. */
  readonly data: string
}

/** Reads the request of a mail and the event that it carries; undefined when one of them is gone. */
export async function readMailContent(
  site: string,
  db: Kysely<Tables>,
  { request, seq }: Pick<MailJobTable, 'request' | 'seq'>
): Promise<MailContent | undefined> {
  return db
    .selectFrom('request')
    .innerJoin('event', (join) => join.onRef('event.c', '=', 'request.c').onRef('event.site', '=', 'request.site'))
    .select(['request.reference', 'request.fields', 'request.locale', 'event.name as author', 'event.data'])
    .where('request.site', '=', site)
    .where('request.id', '=', request)
    .where('event.seq', '=', seq)
    .executeTakeFirst()
}
