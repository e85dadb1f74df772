import type { Kysely } from 'kysely'
import { secretHash } from '../../src/auth/secret.js'
import type { EndedWait } from '../../src/store/answer-store.js'
import type { Db } from '../../src/store/database.js'
import { keepVerdict } from '../../src/store/device-store.js'
import { appendEvent } from '../../src/store/event-store.js'
import { keepRequestKey } from '../../src/store/request-key-store.js'
import type { RequestTable, Tables } from '../../src/store/tables.js'
import { createTicketStore } from '../../src/store/ticket-store.js'
import { addToken } from '../../src/store/visitor-store.js'
import { commands } from '../../src/writer/commands.js'
import type { WriteUnit } from '../../src/writer/write-unit.js'
import { changeOnDisk } from '../domain/change-on-disk.js'

/** Both sites have everything under the same ids, where ids are a site's own; logs are named for their site. Texts say whose they are. */
export type SiteName = 'shop' | 'other'

/** The instant at which everything was planted. */
export const plantedAt = 1_000
const never = 9_000_000

/** One transaction, as every kind of store call wants it. */
export interface Scene {
  /** What the stores that are objects are made with; everything happens in the transaction. */
  readonly db: Db
  readonly tx: Kysely<Tables>
  readonly unit: WriteUnit
  /** Credential of the shop's visitor. */
  readonly token: string
  /** Opens one socket at the shop. */
  readonly ticket: string
}

class Undone extends Error {}

/** Plants both sites, does the work, and leaves nothing of either. */
export async function inTwoSites<T>(path: string, work: (scene: Scene) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined
  const job = changeOnDisk(path, async (blank) => {
    const { tx } = blank
    const unit: WriteUnit = { ...blank, now: plantedAt }
    const db = dbWithin(unit)
    await plantPeople(tx)
    for (const site of ['other', 'shop'] as const) await plantSite(site, unit)
    const { token } = await addToken('shop', unit, 'v_same')
    const { ticket } = await createTicketStore(db).issue('shop', { operatorId: 'op_shop', session: 'session' }, plantedAt)
    result = { value: await work({ db, tx, unit: { ...unit, now: plantedAt + 1_000 }, token, ticket }) }
    throw new Undone()
  })
  await job.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error
  })
  return (result as { readonly value: T }).value
}

/** A database whose every read and write happens in one transaction. */
function dbWithin(unit: WriteUnit): Db {
  const { tx, epoch } = unit
  const run = commands as unknown as Readonly<Record<string, (unit: WriteUnit, input: unknown) => Promise<never>>>
  return {
    query: tx,
    epoch,
    write: (name, input, now = 0) => (run[name] as NonNullable<(typeof run)[string]>)({ ...unit, now }, input),
    read: (job) => job(tx),
    onCommit: () => () => {},
    damaged: new Promise(() => {}),
    close: async () => {}
  }
}

async function plantPeople(tx: Kysely<Tables>): Promise<void> {
  const times = { created_at: plantedAt, updated_at: plantedAt }
  for (const id of ['shop', 'other'])
    await tx
      .insertInto('site')
      .values({ id, name: `name of ${id}`, origins: '[]', settings: '{}', capacity: 5, ...times })
      .execute()
  for (const id of ['op_same', 'op_shop', 'op_other', 'op_free'])
    await tx
      .insertInto('operator')
      .values({ id, email: `${id}@example.com`, name: id, password_hash: '-', available: 1, disabled: 0, ...times })
      .execute()
  await tx.insertInto('operator_session').values({ hash: 'session', operator: 'op_shop', created_at: 1, seen_at: 1, expires_at: never }).execute()
}

async function plantSite(site: SiteName, unit: WriteUnit): Promise<void> {
  const { tx } = unit
  const isShop = site === 'shop'
  const members = [
    { operator: 'op_same', role: 'owner' as const },
    { operator: isShop ? 'op_shop' : 'op_other', role: isShop ? ('agent' as const) : ('owner' as const) }
  ]
  for (const member of members)
    await tx
      .insertInto('membership')
      .values({ site, ...member })
      .execute()
  for (const [id, name] of [
    ['v_same', `visitor of ${site}`],
    ['v_nameless', null]
  ] as const)
    await tx.insertInto('visitor').values({ site, id, name, created_at: plantedAt, seen_at: plantedAt }).execute()
  await tx.insertInto('lease').values({ site, conn: 'x_same', operator: 'op_same', department: null, expires_at: 5 }).execute()
  await tx
    .insertInto('availability')
    .values({ site, department: null, rev: 1, state: 'online', reason: 'hours', opens_at: null, closes_at: null, updated_at: 1 })
    .execute()
  await plantLog(site, unit)
}

async function plantLog(site: SiteName, unit: WriteUnit): Promise<void> {
  const { tx } = unit
  const c = `c_${site}`
  const operator = site === 'shop' ? 'op_same' : 'op_other'
  await tx.insertInto('log').values({ c, site, head: 0 }).execute()
  await tx
    .insertInto('conversation')
    .values({ c, site, visitor: 'v_same', assignee: operator, state: 'open', chat: 1, staff_read: 0, ...empty, ...conversationOf(site) })
    .execute()
  const visitor = { role: 'visitor', id: 'v_same', name: `visitor of ${site}` } as const
  await appendEvent(site, unit, { c, by: visitor, k: 'text', id: 'm_same', data: { text: `text of ${site}` } })
  await appendEvent(site, unit, { c, by: { role: 'system', id: 'system' }, k: 'assigned', id: 'm_assigned', data: { operator: { id: operator } } })
  await tx.insertInto('cursor').values({ site, c, participant: 'v_same', role: 'visitor', name: null, delivered: 2, read: 2 }).execute()
  await keepVerdict(site, unit, { c, author: 'v_same', device: 'd', n: 3, id: 'm_refused', code: 'invalid' })
  await tx.insertInto('request').values(requestOf(site)).execute()
  await tx
    .insertInto('first_answer')
    .values({ site, answered_at: site === 'shop' ? 3 : 4, ...waitOf(site) })
    .execute()
  await keepRequestKey(site, unit, { key: 'key', request: 'r_same', renewableUntil: never })
  await tx
    .insertInto('mail_job')
    .values({ site, id: 'j_same', request: 'r_same', kind: 'notice', seq: 1, recipient: `desk@${site}.example`, state: 'waiting', ...newJob })
    .execute()
}

const newJob = { attempts: 0, due_at: plantedAt, reason: null, created_at: plantedAt, updated_at: plantedAt } as const

const empty = { department: null, preview: null, waiting_since: null, chat_asked_at: null, page: null, locale: null } as const

function conversationOf(site: SiteName) {
  return { title: `title of ${site}`, open_id: `open_${site}`, created_at: plantedAt, updated_at: plantedAt }
}

/** A chat's wait in a site's log that has ended. */
export function waitOf(site: SiteName): EndedWait {
  return { kind: 'chat', subject: 'same', c: `c_${site}`, department: null, asked_at: 1, operator: 'op_same' }
}

/** The request that waits in a site's log. */
export function requestOf(site: SiteName): RequestTable {
  const about = { site, id: 'r_same', reference: `PL-${site}`, c: `c_${site}`, seq: 1, visitor: 'v_same', department: null }
  const content = { fields: JSON.stringify({ text: `request of ${site}` }), due: null, spam: 0 as const, page: null, locale: null }
  return { ...about, ...content, state: 'new', body_hash: secretHash(site), created_at: plantedAt, updated_at: plantedAt }
}
