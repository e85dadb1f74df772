import type { OperatorPresence } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { Attention } from '../presence/absences.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { reportPresence } from './inbox-store.js'
import type { Tables } from './tables.js'

/** Whether an operator wants chats, and what is known of his being there. */
export interface Readiness extends Attention {
  readonly isWanting: boolean
}

/** Whether an operator would take a chat. */
export async function readReadiness(db: Kysely<Tables>, operatorId: string): Promise<Readiness> {
  const row = await db.selectFrom('operator').select(['available', 'absence', 'input_at']).where('id', '=', operatorId).executeTakeFirst()
  return { isWanting: row?.available === 1, absence: row?.absence ?? null, inputAt: row?.input_at ?? null }
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
  'presence.keepAttention': (unit: WriteUnit, { id, absence, inputAt }: Attention & { readonly id: string }): Promise<void> =>
    keepAttention(unit, id, { absence, inputAt }),
  'presence.report': (unit: WriteUnit, { site, presence }: { readonly site: string; readonly presence: OperatorPresence }): Promise<void> =>
    reportPresence(site, unit, presence)
}

/** Remembers whether an operator wants chats; whoever says so is there. Returns his name and the sites he works for; undefined when there is no such operator. */
export async function writeIntent(unit: WriteUnit, operatorId: string, isAvailable: boolean): Promise<Worker | undefined> {
  const operator = await unit.tx
    .updateTable('operator')
    .set({ available: isAvailable ? 1 : 0, absence: null, updated_at: unit.now })
    .where('id', '=', operatorId)
    .returning('name')
    .executeTakeFirst()
  if (!operator) return undefined
  const memberships = await unit.tx.selectFrom('membership').select('site').where('operator', '=', operatorId).where('role', '<>', 'viewer').execute()
  return { name: operator.name, sites: memberships.map(({ site }) => site) }
}

/** Remembers whether somebody is at an operator's console. */
export async function keepAttention(unit: WriteUnit, operatorId: string, { absence, inputAt }: Attention): Promise<void> {
  await unit.tx.updateTable('operator').set({ absence, input_at: inputAt }).where('id', '=', operatorId).execute()
}

/** An operator of a site who may answer, and whether he would. */
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
    .select(['operator.id', 'operator.name', 'operator.available', 'operator.absence'])
    .where('membership.site', '=', site)
    .where('membership.role', '<>', 'viewer')
    .where('operator.disabled', '=', 0)
    .orderBy('operator.name')
    .execute()
  return rows.map(({ id, name, available, absence }) => ({ id, name, isAvailable: available === 1 && absence === null }))
}
