import { ChatError, type OperatorRow, type Role } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import { mayOnSite } from '../auth/policy.js'
import { newId } from '../auth/secret.js'
import type { WriteUnit } from '../writer/write-unit.js'
import type { Db } from './database.js'
import type { Tables } from './tables.js'

/** A new account. `sites` are those it joins, all with one role. */
export interface NewOperator {
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly role: Role
  readonly sites: readonly string[]
}

/** What a sign-in is checked against. */
interface Credentials {
  readonly id: string
  readonly passwordHash: string
  readonly isDisabled: boolean
}

/** What an account may do on a site. */
interface Membership {
  readonly operatorId: string
  readonly role: Role
}

/** Accounts and what each may do where. */
export interface OperatorStore {
  readonly isEmpty: () => Promise<boolean>
  readonly create: (operator: NewOperator, nowMs: number) => Promise<string>
  readonly credentials: (email: string) => Promise<Credentials | null>
  readonly roles: (operatorId: string) => Promise<ReadonlyMap<string, Role>>
  readonly setPassword: (operatorId: string, passwordHash: string, nowMs: number) => Promise<void>
  readonly setDisabled: (operatorId: string, isDisabled: boolean, nowMs: number) => Promise<void>
  readonly list: (site: string) => Promise<OperatorRow[]>
  /** @throws {ChatError} `id_conflict` when the account is on the site already. */
  readonly join: (site: string, membership: Membership) => Promise<void>
  /** @throws {ChatError} `not_found`, or `forbidden` when the site would lose its last owner. */
  readonly setRole: (site: string, membership: Membership) => Promise<void>
  /** @throws {ChatError} `not_found`, or `forbidden` when the site would lose its last owner. */
  readonly leave: (site: string, operatorId: string) => Promise<void>
  /** Whether anybody who may answer on the site can sign in. */
  readonly hasStaff: (site: string) => Promise<boolean>
  /** Called when an account, or what one may do, has changed. Returns its stop. */
  readonly onChange: (listener: () => void) => () => void
  /** Makes every account that owns a site, or else the oldest account, an owner of a new one too. */
  readonly handOver: (site: string) => Promise<void>
}

/** Accounts are found by address whatever its case. */
function normalEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** What an account may do on a site, or that it may do nothing there any more. */
interface MembershipChange {
  readonly site: string
  readonly operatorId: string
  readonly role: Role | null
}

/** What changes accounts. */
export const operatorCommands = {
  'operator.create': ({ tx, now }: WriteUnit, operator: NewOperator): Promise<string> => insertOperator(tx, operator, now),
  'operator.setPassword': async ({ tx, now }: WriteUnit, { id, hash }: { readonly id: string; readonly hash: string }): Promise<void> => {
    await tx.updateTable('operator').set({ password_hash: hash, updated_at: now }).where('id', '=', id).execute()
  },
  'operator.setDisabled': async (
    { tx, now }: WriteUnit,
    { id, isDisabled }: { readonly id: string; readonly isDisabled: boolean }
  ): Promise<void> => {
    await tx
      .updateTable('operator')
      .set({ disabled: isDisabled ? 1 : 0, updated_at: now })
      .where('id', '=', id)
      .execute()
  },
  'member.add': ({ tx }: WriteUnit, { site, ...membership }: Membership & { readonly site: string }): Promise<void> =>
    insertMember(site, tx, membership),
  'member.change': ({ tx }: WriteUnit, { site, ...change }: MembershipChange): Promise<void> => changeMember(site, tx, change),
  'member.addOwners': ({ tx }: WriteUnit, site: string): Promise<void> => insertOwners(site, tx)
}

/** Accounts in the database. */
export function createOperatorStore(db: Db): OperatorStore {
  const listeners = new Set<() => void>()
  /** A change that others hear of once it is on disk. */
  async function changed<T>(change: Promise<T>): Promise<T> {
    const result = await change
    for (const listener of listeners) listener()
    return result
  }
  return {
    isEmpty: async () => (await db.query.selectFrom('operator').select('id').limit(1).executeTakeFirst()) === undefined,
    create: (operator, now) => changed(db.write('operator.create', operator, now)),
    async credentials(email) {
      const row = await db.query
        .selectFrom('operator')
        .select(['id', 'password_hash', 'disabled'])
        .where('email', '=', normalEmail(email))
        .executeTakeFirst()
      return row ? { id: row.id, passwordHash: row.password_hash, isDisabled: row.disabled === 1 } : null
    },
    async roles(operatorId) {
      const rows = await db.query.selectFrom('membership').select(['site', 'role']).where('operator', '=', operatorId).orderBy('site').execute()
      return new Map(rows.map(({ site, role }) => [site, role]))
    },
    setPassword: (id, hash, now) => db.write('operator.setPassword', { id, hash }, now),
    setDisabled: (id, isDisabled, now) => changed(db.write('operator.setDisabled', { id, isDisabled }, now)),
    list: (site) => listMembers(site, db.query),
    join: (site, membership) => changed(db.write('member.add', { site, ...membership })),
    setRole: (site, membership) => changed(db.write('member.change', { site, ...membership })),
    leave: (site, operatorId) => changed(db.write('member.change', { site, operatorId, role: null })),
    hasStaff: (site) => hasStaff(site, db.query),
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    handOver: (site) => changed(db.write('member.addOwners', site))
  }
}

/** Adds an account within a transaction. @throws {ChatError} `id_conflict` when the address has one. */
export async function insertOperator(tx: Kysely<Tables>, operator: NewOperator, now: number): Promise<string> {
  const email = normalEmail(operator.email)
  const taken = await tx.selectFrom('operator').select('id').where('email', '=', email).executeTakeFirst()
  if (taken) throw new ChatError('id_conflict', 'this address has an account')
  const id = newId('op_')
  const row = { id, email, name: operator.name, password_hash: operator.passwordHash, created_at: now, updated_at: now }
  await tx
    .insertInto('operator')
    .values({ ...row, available: 0, disabled: 0 })
    .execute()
  for (const site of operator.sites) await tx.insertInto('membership').values({ site, operator: id, role: operator.role }).execute()
  return id
}

async function listMembers(site: string, db: Kysely<Tables>): Promise<OperatorRow[]> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('operator', 'operator.id', 'membership.operator')
    .select(['operator.id', 'name', 'email', 'role', 'disabled'])
    .where('site', '=', site)
    .orderBy('email')
    .execute()
  return rows.map((row) => ({ ...row, disabled: row.disabled === 1 }))
}

async function hasStaff(site: string, db: Kysely<Tables>): Promise<boolean> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('operator', 'operator.id', 'membership.operator')
    .select('role')
    .distinct()
    .where('site', '=', site)
    .where('disabled', '=', 0)
    .execute()
  return rows.some(({ role }) => mayOnSite(role, 'request.change'))
}

async function insertMember(site: string, tx: Kysely<Tables>, { operatorId, role }: Membership): Promise<void> {
  const row = { site, operator: operatorId, role }
  const added = await tx
    .insertInto('membership')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('role')
    .executeTakeFirst()
  if (!added) throw new ChatError('id_conflict', 'this account is on the site already')
}

/** Gives another role, or none at all. */
async function changeMember(site: string, tx: Kysely<Tables>, { operatorId, role }: Omit<MembershipChange, 'site'>): Promise<void> {
  const members = await tx.selectFrom('membership').select(['operator', 'role']).where('site', '=', site).execute()
  if (!members.some(({ operator }) => operator === operatorId)) throw new ChatError('not_found', 'no such operator on this site')
  const isOwned = members.some((member) => member.role === 'owner' && member.operator !== operatorId)
  if (!isOwned && role !== 'owner') throw new ChatError('forbidden', 'a site keeps at least one owner')
  if (role === null) await tx.deleteFrom('membership').where('site', '=', site).where('operator', '=', operatorId).execute()
  else await tx.updateTable('membership').set({ role }).where('site', '=', site).where('operator', '=', operatorId).execute()
}

async function insertOwners(site: string, tx: Kysely<Tables>): Promise<void> {
  const owners = await tx.selectFrom('membership').select('operator').distinct().where('role', '=', 'owner').execute()
  const oldest = await tx.selectFrom('operator').select('id as operator').orderBy('created_at').orderBy('id').limit(1).execute()
  for (const { operator } of owners.length > 0 ? owners : oldest) {
    await tx
      .insertInto('membership')
      .values({ site, operator, role: 'owner' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
