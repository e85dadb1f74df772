import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import type { Readiness } from './presence-store.js'
import type { LeaseTable, Tables } from './tables.js'

/** A lease with what presence needs to know of its operator. */
export interface StoredLease {
  readonly conn: string
  readonly site: string
  readonly operator: { readonly id: string; readonly name: string }
  readonly readiness: Readiness
  readonly expiresAt: number
}

/** Leases of all sites. */
export async function readLeases(db: Kysely<Tables>): Promise<StoredLease[]> {
  const rows = await db
    .selectFrom('lease')
    .innerJoin('operator', 'operator.id', 'lease.operator')
    .select(['lease.conn', 'lease.site', 'lease.expires_at', 'operator.id', 'operator.name'])
    .select(['operator.available', 'operator.absence', 'operator.input_at'])
    .where('operator.disabled', '=', 0)
    .execute()
  return rows.map(({ conn, site, expires_at, id, name, available, absence, input_at }) => ({
    conn,
    site,
    operator: { id, name },
    readiness: { isWanting: available === 1, absence, inputAt: input_at },
    expiresAt: expires_at
  }))
}

/** What changes leases. */
export const leaseCommands = {
  'lease.keep': (unit: WriteUnit, { site, ...lease }: Omit<LeaseTable, 'department'>): Promise<void> => keepLease(site, unit, lease),
  'lease.drop': (unit: WriteUnit, { site, conn }: Pick<LeaseTable, 'site' | 'conn'>): Promise<void> => dropLease(site, unit, conn),
  'lease.dropStale': (unit: WriteUnit, { beforeMs }: { readonly beforeMs: number }): Promise<void> => dropStaleLeases(unit, beforeMs)
}

/** Writes a lease, or its new end. */
export async function keepLease(site: string, unit: WriteUnit, lease: Omit<LeaseTable, 'site' | 'department'>): Promise<void> {
  await unit.tx
    .insertInto('lease')
    .values({ ...lease, site, department: null })
    .onConflict((conflict) => conflict.columns(['site', 'conn']).doUpdateSet({ expires_at: lease.expires_at }))
    .execute()
}

/** Removes a lease. */
export async function dropLease(site: string, unit: WriteUnit, conn: string): Promise<void> {
  await unit.tx.deleteFrom('lease').where('site', '=', site).where('conn', '=', conn).execute()
}

/** Removes leases of consoles that a server's end cut off for good. */
export async function dropStaleLeases(unit: WriteUnit, beforeMs: number): Promise<void> {
  await unit.tx.deleteFrom('lease').where('expires_at', '<', beforeMs).execute()
}
