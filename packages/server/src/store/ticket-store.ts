import { newSecret, secretHash } from '../auth/secret.js'
import type { TicketHolder } from '../domain.types.js'
import type { WriteUnit } from '../writer/write-unit.js'
import type { Db } from './database.js'
import type { TicketTable } from './tables.js'

/** Whom a ticket is for. */
interface TicketRequest {
  readonly operatorId: string
  /** Hash of the sign-in; the ticket ends with it. */
  readonly session: string
}

/** Rights to open one operator socket each. */
export interface TicketStore {
  readonly issue: (site: string, request: TicketRequest, nowMs: number) => Promise<{ readonly ticket: string; readonly expiresAt: number }>
  /** Uses the ticket up. Null when it is unknown, used, run out, for another site, or its operator has left the site. */
  readonly redeem: (site: string, ticket: string, nowMs: number) => Promise<TicketHolder | null>
  /** Whether the sign-in that fetched a ticket lives, and its account has the same role on the site. */
  readonly isStillHeld: (site: string, holder: TicketHolder) => Promise<boolean>
  readonly removeExpired: (nowMs: number) => Promise<void>
}

/** A ticket is fetched right before its socket opens. */
const lifeMs = 30_000

/** What changes tickets. They come as their hashes. */
export const ticketCommands = {
  'ticket.issue': async ({ tx }: WriteUnit, row: TicketTable): Promise<void> => {
    await tx.insertInto('ticket').values(row).execute()
  },
  'ticket.redeem': async ({ tx, now }: WriteUnit, { hash, site }: { readonly hash: string; readonly site: string }): Promise<TicketHolder | null> => {
    const used = await tx.deleteFrom('ticket').where('hash', '=', hash).returningAll().executeTakeFirst()
    if (!used || used.expires_at <= now) return null
    const holder = await tx
      .selectFrom('operator')
      .innerJoin('membership', 'membership.operator', 'operator.id')
      .select(['operator.id', 'name', 'role'])
      .where('operator.id', '=', used.operator)
      .where('site', '=', site)
      .where('disabled', '=', 0)
      .executeTakeFirst()
    return holder ? { operatorId: holder.id, name: holder.name, role: holder.role, session: used.session } : null
  },
  'ticket.removeExpired': async ({ tx, now }: WriteUnit, _: null): Promise<void> => {
    await tx.deleteFrom('ticket').where('expires_at', '<=', now).execute()
  }
}

/** Tickets in the database. The site is part of what is hashed, so a ticket is unknown everywhere else. */
export function createTicketStore(db: Db): TicketStore {
  return {
    async issue(site, { operatorId, session }, now) {
      const ticket = newSecret('plt_')
      const row = { hash: secretHash(ticket, site), operator: operatorId, session, expires_at: now + lifeMs }
      await db.write('ticket.issue', row, now)
      return { ticket, expiresAt: row.expires_at }
    },
    redeem: (site, ticket, now) => db.write('ticket.redeem', { hash: secretHash(ticket, site), site }, now),
    async isStillHeld(site, { operatorId, role, session = '' }) {
      const row = await db.query
        .selectFrom('operator_session')
        .innerJoin('operator', 'operator.id', 'operator_session.operator')
        .innerJoin('membership', 'membership.operator', 'operator.id')
        .select('role')
        .where('hash', '=', session)
        .where('operator.id', '=', operatorId)
        .where('site', '=', site)
        .where('disabled', '=', 0)
        .executeTakeFirst()
      return row?.role === role
    },
    removeExpired: (now) => db.write('ticket.removeExpired', null, now)
  }
}
