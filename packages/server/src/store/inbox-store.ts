import type { ConversationRow, InboxData, OperatorPresence, Participant } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import { readConversationRow } from './conversation-rows.js'
import { appendEvent } from './event-store.js'
import { newEventId } from './new-ids.js'
import { readRequestRow, type StoredRequest } from './request-store.js'
import type { Tables } from './tables.js'

/** Author of what the server itself writes. */
export const system: Participant = { role: 'system', id: 'system' }

/** The operators' own log of a site. */
export function inboxOf(site: string): string {
  return `inbox:${site}`
}

/** Number of the newest entry of a log; 0 when it has none. */
export async function readHead(site: string, db: Kysely<Tables>, c: string): Promise<number> {
  const row = await db.selectFrom('log').select('head').where('site', '=', site).where('c', '=', c).executeTakeFirst()
  return row?.head ?? 0
}

/** Makes the operators' log of a site when it is not there. */
export async function ensureInbox(site: string, tx: Kysely<Tables>): Promise<void> {
  await tx
    .insertInto('log')
    .values({ c: inboxOf(site), site, head: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Tells operators that a conversation changed. Call it after its last change in the unit. */
export async function reportConversation(site: string, unit: WriteUnit, c: string): Promise<void> {
  await reportConversationRow(site, unit, await readConversationRow(site, unit.tx, { c, epoch: unit.epoch }))
}

/** The same where its row is known. */
export async function reportConversationRow(site: string, unit: WriteUnit, row: ConversationRow): Promise<void> {
  await report(site, unit, { k: 'conversation.changed', data: row })
}

/** Tells operators that a request changed. Call it after the mail about the change was asked for. */
export async function reportRequest(site: string, unit: WriteUnit, request: StoredRequest): Promise<void> {
  await report(site, unit, { k: 'request.changed', data: await readRequestRow(site, unit.tx, { request, epoch: unit.epoch }) })
}

/** Tells operators about one of them. */
export async function reportPresence(site: string, unit: WriteUnit, presence: OperatorPresence): Promise<void> {
  await report(site, unit, { k: 'presence.changed', data: presence })
}

type InboxEntry = { [K in keyof InboxData]: { readonly k: K; readonly data: InboxData[K] } }[keyof InboxData]

async function report(site: string, unit: WriteUnit, { k, data }: InboxEntry): Promise<void> {
  await appendEvent(site, unit, { c: inboxOf(site), by: system, k, id: newEventId(unit.now), data: { ...data }, staffOnly: true })
}
