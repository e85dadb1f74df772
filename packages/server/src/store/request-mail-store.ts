import type { MailState, RequestMail } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.js'

/** What became of the newest mail of each kind, by request; requests without mail are left out. */
export async function readRequestMail(site: string, db: Kysely<Tables>, requests: readonly string[]): Promise<ReadonlyMap<string, RequestMail>> {
  if (requests.length === 0) return new Map()
  const jobs = await db
    .selectFrom('mail_job')
    .select(['request', 'kind', 'state'])
    .where('site', '=', site)
    .where('request', 'in', [...requests])
    .orderBy('request')
    .orderBy('seq')
    .execute()
  const found = new Map<string, Partial<Record<'notice' | 'answer', MailState>>>()
  for (const { request, kind, state } of jobs) found.set(request, { ...found.get(request), [kind]: state })
  return found
}
