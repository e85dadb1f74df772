import type { AvailabilityReason } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { KnownAvailability } from '../availability/availability.types.js'
import type { WriteUnit } from '../writer/write-unit.js'
import type { AvailabilityTable, Tables } from './tables.js'

/** The last published answers of all sites, each for the site as a whole. */
export async function readAvailabilities(db: Kysely<Tables>): Promise<ReadonlyMap<string, KnownAvailability>> {
  const rows = await db.selectFrom('availability').selectAll().where('department', 'is', null).execute()
  return new Map(rows.map((row) => [row.site, availabilityOf(row)]))
}

function availabilityOf(row: AvailabilityTable): KnownAvailability {
  return {
    rev: row.rev,
    state: row.state,
    reason: row.reason as AvailabilityReason,
    ...(row.opens_at === null ? {} : { opensAt: row.opens_at }),
    ...(row.closes_at === null ? {} : { closesAt: row.closes_at })
  }
}

/** What changes published answers. */
export const availabilityCommands = {
  'availability.keep': (unit: WriteUnit, { site, answer }: { readonly site: string; readonly answer: KnownAvailability }): Promise<void> =>
    keepAvailability(site, unit, answer)
}

/** Keeps an answer, so that the next start goes on from its `rev`. */
export async function keepAvailability(site: string, unit: WriteUnit, availability: KnownAvailability): Promise<void> {
  const row = {
    rev: availability.rev,
    state: availability.state,
    reason: availability.reason,
    opens_at: availability.opensAt ?? null,
    closes_at: availability.closesAt ?? null,
    updated_at: unit.now
  }
  const kept = await unit.tx.updateTable('availability').set(row).where('site', '=', site).where('department', 'is', null).executeTakeFirst()
  if (kept.numUpdatedRows === 0n)
    await unit.tx
      .insertInto('availability')
      .values({ site, department: null, ...row })
      .execute()
}
