import type { OperatorPresence } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import { reportPresence } from './inbox-store.js'
import type { Tables } from './tables.js'

/** Whether an operator wants chats. */
export async function readIntent(db: Kysely<Tables>, operatorId: string): Promise<boolean> {
  const row = await db.selectFrom('operator').select('available').where('id', '=', operatorId).executeTakeFirst()
  return row?.available === 1
}

/** An operator as the stores name him, and where he works. */
export interface Worker {
  readonly name: string
  readonly sites: readonly string[]
}

/** What changes presence. */
export const presenceCommands = {
  'presence.setIntent': (unit: WriteUnit, { id, isAvailable }: { readonly id: string; readonly isAvailable: boolean }): Promise<Worker | undefined> =>
    writeIntent(unit, id, isAvailable),
  'presence.report': (unit: WriteUnit, { site, presence }: { readonly site: string; readonly presence: OperatorPresence }): Promise<void> =>
    reportPresence(site, unit, presence)
}

/** Remembers whether an operator wants chats. Returns his name and the sites he works for; undefined when there is no such operator. */
export async function writeIntent(unit: WriteUnit, operatorId: string, isAvailable: boolean): Promise<Worker | undefined> {
  const operator = await unit.tx
    .updateTable('operator')
    .set({ available: isAvailable ? 1 : 0, updated_at: unit.now })
    .where('id', '=', operatorId)
    .returning('name')
    .executeTakeFirst()
  if (!operator) return undefined
  const memberships = await unit.tx.selectFrom('membership').select('site').where('operator', '=', operatorId).where('role', '<>', 'viewer').execute()
  return { name: operator.name, sites: memberships.map(({ site }) => site) }
}

/** An operator of a site who may answer, and whether he wants to. */
export interface SiteOperator {
  readonly id: string
  readonly name: string
  readonly isAvailable: boolean
}

/** Everybody who answers on a site. */
export async function readSiteOperators(site: string, db: Kysely<Tables>): Promise<SiteOperator[]> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('operator', 'operator.id', 'membership.operator')
    .select(['operator.id', 'operator.name', 'operator.available'])
    .where('membership.site', '=', site)
    .where('membership.role', '<>', 'viewer')
    .where('operator.disabled', '=', 0)
    .orderBy('operator.name')
    .execute()
  return rows.map(({ id, name, available }) => ({ id, name, isAvailable: available === 1 }))
}
