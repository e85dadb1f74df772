import { createHash } from 'node:crypto'
import { idPatterns, randomText } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import { newId, random } from './new-ids.js'
import { prepared, preparedOne } from './prepared.js'
import type { Tables, VisitorTable, VisitorTokenTable } from './tables.js'

const dayMs = 86_400_000
/** A credential that is not used for this long ends. */
const slidingMs = 30 * dayMs
/** A credential ends after this, however much it is used. */
const absoluteMs = 180 * dayMs
/** Uses within this time of the last noted one are not noted: a reconnect storm is no reason to write. */
const touchIntervalMs = 60_000

/** A visitor, as his credential names him. */
export interface KnownVisitor {
  readonly id: string
  readonly name: string | null
  readonly seenAt: number
  readonly token: { readonly hash: string; readonly madeAt: number; readonly expiresAt: number }
}

/** A credential that was just made. Only its hash stays. */
export interface NewToken {
  readonly token: string
  readonly expiresAt: number
}

/** A credential hides 256 random bits, so a plain SHA-256 is enough, and looking it up takes equal time for good and bad ones. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Whose credential it is: a visitor of this site, somebody `foreign`, or nobody. */
export async function findVisitor(
  site: string,
  db: Kysely<Tables>,
  credential: { readonly token: string; readonly nowMs: number }
): Promise<KnownVisitor | 'foreign' | undefined> {
  if (!idPatterns.visitorToken.test(credential.token)) return undefined
  const row = await holderOf(db, { hash: hashOf(credential.token), nowMs: credential.nowMs })
  if (!row) return undefined
  if (row.site !== site) return 'foreign'
  return { id: row.id, name: row.name, seenAt: row.seen_at, token: { hash: row.hash, madeAt: row.made_at, expiresAt: row.expires_at } }
}

type Holder = Pick<VisitorTokenTable, 'hash' | 'site' | 'made_at' | 'expires_at'> & Pick<VisitorTable, 'id' | 'name' | 'seen_at'>

const holderOf = preparedOne<{ readonly hash: string; readonly nowMs: number }, Holder>((db, { hash, nowMs }) =>
  db
    .selectFrom('visitor_token')
    .innerJoin('visitor', (join) => join.onRef('visitor.site', '=', 'visitor_token.site').onRef('visitor.id', '=', 'visitor_token.visitor'))
    .select(['visitor_token.hash', 'visitor_token.site', 'visitor_token.made_at', 'visitor_token.expires_at'])
    .select(['visitor.id', 'visitor.name', 'visitor.seen_at'])
    .where('visitor_token.hash', '=', hash)
    .where('visitor_token.expires_at', '>', nowMs)
)

/** Which visitor of which site. */
interface SiteVisitor {
  readonly site: string
  readonly visitor: string
}

/** What changes visitors and their credentials. */
export const visitorCommands = {
  'visitor.create': (unit: WriteUnit, site: string): Promise<NewVisitor> => createVisitor(site, unit),
  'visitor.touch': (unit: WriteUnit, { site, visitor }: { readonly site: string; readonly visitor: KnownVisitor }): Promise<number> =>
    touchVisitor(site, unit, visitor),
  'visitor.see': (unit: WriteUnit, { site, visitor }: SiteVisitor): Promise<void> => markSeen(site, unit, visitor),
  'visitor.dropEndedTokens': (unit: WriteUnit, _: null): Promise<void> => dropEndedTokens(unit)
}

/** A visitor who was just made. */
export interface NewVisitor extends NewToken {
  readonly id: string
}

/** Makes a visitor. */
export async function createVisitor(site: string, unit: WriteUnit): Promise<NewVisitor> {
  const id = newId('v_')
  await addVisitor(unit.tx, { site, id, now: unit.now })
  return { id, ...(await addToken(site, unit, id)) }
}

const addVisitor = prepared<{ readonly site: string; readonly id: string; readonly now: number }>((db, { site, id, now }) =>
  db.insertInto('visitor').values({ site, id, name: null, created_at: now, seen_at: now })
)

/** Gives a visitor one more credential. */
export async function addToken(site: string, unit: WriteUnit, visitor: string): Promise<NewToken> {
  const token = `plv_${randomText(32, random)}`
  const expiresAt = unit.now + slidingMs
  await keepToken(unit.tx, { hash: hashOf(token), site, visitor, made_at: unit.now, expires_at: expiresAt })
  return { token, expiresAt }
}

const keepToken = prepared<VisitorTokenTable>((db, { hash, site, visitor, made_at, expires_at }) =>
  db.insertInto('visitor_token').values({ hash, site, visitor, made_at, expires_at })
)

/** Credentials of a visitor that are good now. */
export async function countTokens(site: string, unit: WriteUnit, visitor: string): Promise<number> {
  const { held } = await unit.tx
    .selectFrom('visitor_token')
    .select((eb) => eb.fn.countAll<number>().as('held'))
    .where('site', '=', site)
    .where('visitor', '=', visitor)
    .where('expires_at', '>', unit.now)
    .executeTakeFirstOrThrow()
  return held
}

/** Whether a credential is good still. */
export async function isTokenGood(
  site: string,
  db: Kysely<Tables>,
  { hash, nowMs }: { readonly hash: string; readonly nowMs: number }
): Promise<boolean> {
  const row = await endOfToken(db, { site, hash })
  return row !== undefined && row.expires_at > nowMs
}

const endOfToken = preparedOne<Pick<VisitorTokenTable, 'site' | 'hash'>, Pick<VisitorTokenTable, 'expires_at'>>((db, { site, hash }) =>
  db.selectFrom('visitor_token').select('expires_at').where('site', '=', site).where('hash', '=', hash)
)

/** Ends every credential of a visitor. */
export async function dropTokens(site: string, unit: WriteUnit, visitor: string): Promise<void> {
  await unit.tx.deleteFrom('visitor_token').where('site', '=', site).where('visitor', '=', visitor).execute()
}

/** When a credential ends that is used now. */
function endOf({ token }: KnownVisitor, nowMs: number): number {
  return Math.min(token.madeAt + absoluteMs, nowMs + slidingMs)
}

/** Whether the use of a credential is worth noting. */
export function isTouchDue(visitor: KnownVisitor, nowMs: number): boolean {
  return nowMs - visitor.seenAt >= touchIntervalMs || endOf(visitor, nowMs) - visitor.token.expiresAt >= touchIntervalMs
}

/** Notes that a visitor was here, which prolongs his credential. Returns when it ends now. */
export async function touchVisitor(site: string, unit: WriteUnit, visitor: KnownVisitor): Promise<number> {
  const expiresAt = endOf(visitor, unit.now)
  await prolong(unit.tx, { site, hash: visitor.token.hash, expires_at: expiresAt })
  await markSeen(site, unit, visitor.id)
  return expiresAt
}

const prolong = prepared<Pick<VisitorTokenTable, 'site' | 'hash' | 'expires_at'>>((db, { site, hash, expires_at }) =>
  db.updateTable('visitor_token').set({ expires_at }).where('site', '=', site).where('hash', '=', hash)
)

/** Notes that a visitor is here. */
export async function markSeen(site: string, unit: WriteUnit, visitor: string): Promise<void> {
  await noteSeen(unit.tx, { site, id: visitor, seen_at: unit.now })
}

const noteSeen = prepared<Pick<VisitorTable, 'site' | 'id' | 'seen_at'>>((db, { site, id, seen_at }) =>
  db.updateTable('visitor').set({ seen_at }).where('site', '=', site).where('id', '=', id)
)

/** Keeps the first name that a visitor typed. */
export async function nameVisitor(
  site: string,
  unit: WriteUnit,
  { visitor, name }: { readonly visitor: string; readonly name: string }
): Promise<void> {
  await unit.tx.updateTable('visitor').set({ name }).where('site', '=', site).where('id', '=', visitor).where('name', 'is', null).execute()
}

/** Drops credentials that have ended. */
export async function dropEndedTokens(unit: WriteUnit): Promise<void> {
  await unit.tx.deleteFrom('visitor_token').where('expires_at', '<=', unit.now).execute()
}
