import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import type { StoredRequest } from './request-store.js'
import type { Tables } from './tables.js'

/** A request, and until when its key alone brings another credential. */
export interface KeyedRequest {
  readonly request: StoredRequest
  readonly renewableUntil: number
}

/** A key hides 74 random bits (RFC 9562, 5.7). Whoever reads the database, its copies or any answer of the server learns none of them. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}

/** The request that was left under a key. */
export async function findKeyedRequest(site: string, db: Kysely<Tables>, key: string): Promise<KeyedRequest | undefined> {
  const row = await db
    .selectFrom('request_key')
    .innerJoin('request', (join) => join.onRef('request.site', '=', 'request_key.site').onRef('request.id', '=', 'request_key.request'))
    .selectAll('request')
    .select('request_key.renewable_until')
    .where('request_key.site', '=', site)
    .where('request_key.hash', '=', hashOf(key))
    .executeTakeFirst()
  if (!row) return undefined
  const { renewable_until: renewableUntil, ...request } = row
  return { request, renewableUntil }
}

/** Remembers under which key a request was left. */
export async function keepRequestKey(
  site: string,
  unit: WriteUnit,
  { key, request, renewableUntil }: { readonly key: string; readonly request: string; readonly renewableUntil: number }
): Promise<void> {
  await unit.tx
    .insertInto('request_key')
    .values({ site, hash: hashOf(key), request, renewable_until: renewableUntil })
    .execute()
}
