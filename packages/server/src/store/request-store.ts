import { ChatError, type KeptRequestFields, type RequestMail, type RequestRow, type RequestState, requestReference } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import type { ListPart } from './list-part.js'
import { random } from './new-ids.js'
import { prepared, preparedOne } from './prepared.js'
import { readRequestMail } from './request-mail-store.js'
import type { RequestTable, Tables } from './tables.js'

/** A request as it is stored. */
export type StoredRequest = RequestTable

/** Whether a conversation holds a request that waits for an answer. */
export async function hasWaitingRequest(site: string, db: Kysely<Tables>, c: string): Promise<boolean> {
  return (await oneWaiting(db, { site, c })) !== undefined
}

const oneWaiting = preparedOne<Pick<RequestTable, 'site' | 'c'>>((db, { site, c }) =>
  db.selectFrom('request').select('id').where('site', '=', site).where('c', '=', c).where('state', 'in', ['new', 'open']).limit(1)
)

/** Stores a request. */
export async function insertRequest(
  site: string,
  unit: WriteUnit,
  request: Omit<StoredRequest, 'site' | 'created_at' | 'updated_at'>
): Promise<StoredRequest> {
  const row = { ...request, site, created_at: unit.now, updated_at: unit.now }
  await addRequest(unit.tx, row)
  return row
}

const addRequest = prepared<RequestTable>((db, row) =>
  db.insertInto('request').values({
    site: row.site,
    id: row.id,
    reference: row.reference,
    c: row.c,
    seq: row.seq,
    visitor: row.visitor,
    department: row.department,
    state: row.state,
    fields: row.fields,
    due: row.due,
    spam: row.spam,
    page: row.page,
    locale: row.locale,
    body_hash: row.body_hash,
    created_at: row.created_at,
    updated_at: row.updated_at
  })
)

/** A reference that the site has not used: 40 random bits meet an old one rarely, and then another is drawn. */
export async function freeReference(site: string, db: Kysely<Tables>): Promise<string> {
  for (let attempt = 0; attempt < 8; attempt++) {
    const reference = requestReference(random)
    if (!(await referenceTaken(db, { site, reference }))) return reference
  }
  throw new ChatError('internal', 'no free reference was found')
}

const referenceTaken = preparedOne<Pick<RequestTable, 'site' | 'reference'>>((db, { site, reference }) =>
  db.selectFrom('request').select('id').where('site', '=', site).where('reference', '=', reference)
)

/** A request by its id; undefined when the site has none. */
export async function findRequest(site: string, db: Kysely<Tables>, id: string): Promise<StoredRequest | undefined> {
  return db.selectFrom('request').selectAll().where('site', '=', site).where('id', '=', id).executeTakeFirst()
}

/** Changes the state of a request; undefined when there is none. */
export async function changeRequestState(
  site: string,
  unit: WriteUnit,
  change: { readonly id: string; readonly state: RequestState }
): Promise<StoredRequest | undefined> {
  return unit.tx
    .updateTable('request')
    .set({ state: change.state, updated_at: unit.now })
    .where('site', '=', site)
    .where('id', '=', change.id)
    .returningAll()
    .executeTakeFirst()
}

/** An operator has written: what waited in the conversation is answered. Returns the requests that changed. */
export async function answerRequests(site: string, unit: WriteUnit, c: string): Promise<StoredRequest[]> {
  return [...(await answerWaiting(unit.tx, { site, c, updated_at: unit.now }))]
}

const answerWaiting = prepared<Pick<RequestTable, 'site' | 'c' | 'updated_at'>, StoredRequest>((db, { site, c, updated_at }) =>
  db
    .updateTable('request')
    .set({ state: 'answered', updated_at })
    .where('site', '=', site)
    .where('c', '=', c)
    .where('state', 'in', ['new', 'open'])
    .returningAll()
)

/** Rows of a site's requests, the last changed first, those of one instant by their id. */
export async function readRequestRows(site: string, db: Kysely<Tables>, query: ListPart): Promise<RequestRow[]> {
  const { before, beforeId } = query
  let rows = db.selectFrom('request').selectAll().where('site', '=', site)
  if (before !== undefined)
    rows = rows.where((where) => {
      const isOlder = where('updated_at', '<', before)
      if (beforeId === undefined) return isOlder
      return where.or([isOlder, where.and([where('updated_at', '=', before), where('id', '>', beforeId)])])
    })
  const found = await rows.orderBy('updated_at', 'desc').orderBy('id').limit(query.limit).execute()
  const mail = await readRequestMail(
    site,
    db,
    found.map(({ id }) => id)
  )
  return found.map((row) => rowOf(row, query.epoch, mail.get(row.id)))
}

/** The list row of a request, with what became of its mail. */
export async function readRequestRow(
  site: string,
  db: Kysely<Tables>,
  { request, epoch }: { readonly request: StoredRequest; readonly epoch: string }
): Promise<RequestRow> {
  return rowOf(request, epoch, (await readRequestMail(site, db, [request.id])).get(request.id))
}

function rowOf(row: StoredRequest, epoch: string, mail: RequestMail | undefined): RequestRow {
  return {
    id: row.id,
    reference: row.reference,
    c: row.c,
    epoch,
    seq: row.seq,
    state: row.state,
    department: row.department,
    fields: JSON.parse(row.fields) as KeptRequestFields,
    due: row.due,
    spam: row.spam === 1,
    ...(mail === undefined ? {} : { mail }),
    createdAt: row.created_at,
    updatedAt: row.updated_at
  }
}
