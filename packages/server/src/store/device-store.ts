import type { ErrorCode } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import { prepared, preparedOne } from './prepared.js'
import type { Tables } from './tables.js'

/** One author's device in one log. */
export interface DeviceKey {
  readonly c: string
  readonly author: string
  readonly device: string
}

/** Highest settled `n` of a device; 0 before the first. */
export async function readLastN(site: string, db: Kysely<Tables>, { c, author, device }: DeviceKey): Promise<number> {
  const row = await lastNOf(db, { site, c, author, device })
  return row?.last_n ?? 0
}

type SiteDevice = DeviceKey & { readonly site: string }

const lastNOf = preparedOne<SiteDevice, { readonly last_n: number }>((db, { site, c, author, device }) =>
  db
    .selectFrom('device_cursor')
    .select('last_n')
    .where('site', '=', site)
    .where('c', '=', c)
    .where('author', '=', author)
    .where('device', '=', device)
)

/** Counts `n` as used. */
export async function settleN(site: string, unit: WriteUnit, { c, author, device, n }: DeviceKey & { readonly n: number }): Promise<void> {
  await keepLastN(unit.tx, { site, c, author, device, n })
}

const keepLastN = prepared<SiteDevice & { readonly n: number }>((db, { site, c, author, device, n }) =>
  db
    .insertInto('device_cursor')
    .values({ site, c, author, device, last_n: n })
    .onConflict((conflict) => conflict.columns(['site', 'c', 'author', 'device']).doUpdateSet({ last_n: n }))
)

/** A message of a device that was refused for ever. */
export interface Verdict extends DeviceKey {
  readonly n: number
  readonly id: string
  readonly code: ErrorCode
}

/** Keeps a refusal, so that its repeat gets the same answer, and counts its `n` as used. */
export async function keepVerdict(site: string, unit: WriteUnit, verdict: Verdict): Promise<void> {
  const { c, author, device, n, id, code } = verdict
  await unit.tx.insertInto('verdict').values({ site, c, author, device, n, id, code }).execute()
  await settleN(site, unit, { c, author, device, n })
}

/** The answer that a refused message got. */
export async function findVerdict(site: string, db: Kysely<Tables>, key: DeviceKey & { readonly id: string }): Promise<ErrorCode | undefined> {
  const row = await db
    .selectFrom('verdict')
    .select('code')
    .where('site', '=', site)
    .where('c', '=', key.c)
    .where('author', '=', key.author)
    .where('device', '=', key.device)
    .where('id', '=', key.id)
    .executeTakeFirst()
  return row?.code as ErrorCode | undefined
}
