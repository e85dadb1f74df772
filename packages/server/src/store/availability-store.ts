import type { AvailabilityReason } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { KnownAvailability } from '../availability/availability.types.js'
import type { WriteUnit } from '../writer/write-unit.js'
import type { AvailabilityTable, Tables } from './tables.js'

/** An answer, and of what: of a department, or of the whole site, which is null. */
export interface KeptAvailability {
  readonly department: string | null
  readonly availability: KnownAvailability
}

/** The last published answers of all sites and their departments, also of those that a site has no more. */
export async function readAvailabilities(db: Kysely<Tables>): Promise<readonly (KeptAvailability & { readonly site: string })[]> {
  const rows = await db.selectFrom('availability').selectAll().execute()
  return rows.map((row) => ({ site: row.site, department: row.department, availability: availabilityOf(row) }))
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
  'availability.keep': async (
    unit: WriteUnit,
    { site, answers }: { readonly site: string; readonly answers: readonly KeptAvailability[] }
  ): Promise<void> => {
    for (const answer of answers) await keepAvailability(site, unit, answer)
  }
}

/** Keeps an answer, so that the next start goes on from its `rev`. */
export async function keepAvailability(site: string, unit: WriteUnit, { department, availability }: KeptAvailability): Promise<void> {
  const row = {
    rev: availability.rev,
    state: availability.state,
    reason: availability.reason,
    opens_at: availability.opensAt ?? null,
    closes_at: availability.closesAt ?? null,
    updated_at: unit.now
  }
  const kept = await unit.tx.updateTable('availability').set(row).where('site', '=', site).where('department', 'is', department).executeTakeFirst()
  if (kept.numUpdatedRows === 0n)
    await unit.tx
      .insertInto('availability')
      .values({ site, department, ...row })
      .execute()
}
