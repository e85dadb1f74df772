import type { ErrorCode } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.js'
import type { WriteUnit } from './write-unit.js'

/** One author's device in one log. */
export interface DeviceKey {
  readonly c: string
  readonly author: string
  readonly device: string
}

/** Highest settled `n` of a device; 0 before the first. */
export async function readLastN(db: Kysely<Tables>, { c, author, device }: DeviceKey): Promise<number> {
  const row = await db
    .selectFrom('device_cursor')
    .select('last_n')
    .where('c', '=', c)
    .where('author', '=', author)
    .where('device', '=', device)
    .executeTakeFirst()
  return row?.last_n ?? 0
}

/** Counts `n` as used. */
export async function settleN(unit: WriteUnit, { c, author, device }: DeviceKey, n: number): Promise<void> {
  await unit.tx
    .insertInto('device_cursor')
    .values({ c, author, device, last_n: n })
    .onConflict((conflict) => conflict.columns(['c', 'author', 'device']).doUpdateSet({ last_n: n }))
    .execute()
}

/** A message that was refused for ever. */
export interface Verdict {
  readonly n: number
  readonly id: string
  readonly code: ErrorCode
}

/** Keeps a refusal, so that its repeat gets the same answer, and counts its `n` as used. */
export async function keepVerdict(unit: WriteUnit, key: DeviceKey, verdict: Verdict): Promise<void> {
  await unit.tx
    .insertInto('verdict')
    .values({ ...key, ...verdict })
    .execute()
  await settleN(unit, key, verdict.n)
}

/** The answer that a refused message got. */
export async function findVerdict(db: Kysely<Tables>, key: DeviceKey, id: string): Promise<ErrorCode | undefined> {
  const row = await db
    .selectFrom('verdict')
    .select('code')
    .where('c', '=', key.c)
    .where('author', '=', key.author)
    .where('device', '=', key.device)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.code as ErrorCode | undefined
}
