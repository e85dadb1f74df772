import { newSecret, secretHash } from '../auth/secret.js'
import type { Db } from './database.js'

/** A browser that is signed in, with the account behind it. */
export interface Session {
  /** Hash of the cookie: names the sign-in to whoever must end it, and opens nothing. */
  readonly hash: string
  readonly operatorId: string
  readonly name: string
  readonly email: string
  readonly isAvailable: boolean
  readonly seenAt: number
}

/** Sign-ins, by the hash of a cookie that only the browser holds. They outlive a restart. */
export interface SessionStore {
  /** Returns the cookie's value. */
  readonly start: (operatorId: string, nowMs: number) => Promise<string>
  /** Null when unknown, run out, idle for too long, or the account is disabled. */
  readonly find: (cookie: string, nowMs: number) => Promise<Session | null>
  /** Notes that somebody really did something. */
  readonly touch: (hashes: readonly string[], nowMs: number) => Promise<void>
  readonly end: (hash: string) => Promise<void>
  /** Ends all of an account but one; returns the hashes of those that ended. */
  readonly endOthers: (operatorId: string, kept: string | null) => Promise<readonly string[]>
  /** Removes what has run out; returns the hashes. */
  readonly removeExpired: (nowMs: number) => Promise<readonly string[]>
}

const hourMs = 3_600_000
/** The longest a sign-in lasts, and the longest it lasts without input (OWASP ASVS 5.0, 7.3). Milliseconds. */
export const sessionLife: { readonly absoluteMs: number; readonly idleMs: number } = { absoluteMs: 12 * hourMs, idleMs: 2 * hourMs }

/** Sessions in the database. */
export function createSessionStore(db: Db): SessionStore {
  return {
    async start(operator, now) {
      const cookie = newSecret('pls_')
      const row = { hash: secretHash(cookie), operator, created_at: now, seen_at: now, expires_at: now + sessionLife.absoluteMs }
      await db.write((tx) => tx.insertInto('operator_session').values(row).execute())
      return cookie
    },
    find: (cookie, now) => findSession(db, secretHash(cookie), now),
    async touch(hashes, now) {
      if (hashes.length > 0) await db.write((tx) => tx.updateTable('operator_session').set({ seen_at: now }).where('hash', 'in', hashes).execute())
    },
    async end(hash) {
      await db.write((tx) => tx.deleteFrom('operator_session').where('hash', '=', hash).execute())
    },
    async endOthers(operatorId, kept) {
      const rows = await db.write((tx) =>
        tx
          .deleteFrom('operator_session')
          .where('operator', '=', operatorId)
          .where('hash', '!=', kept ?? '')
          .returning('hash')
          .execute()
      )
      return rows.map(({ hash }) => hash)
    },
    async removeExpired(now) {
      const rows = await db.write((tx) =>
        tx
          .deleteFrom('operator_session')
          .where((or) => or.or([or('expires_at', '<=', now), or('seen_at', '<=', now - sessionLife.idleMs)]))
          .returning('hash')
          .execute()
      )
      return rows.map(({ hash }) => hash)
    }
  }
}

async function findSession(db: Db, hash: string, now: number): Promise<Session | null> {
  const row = await db.query
    .selectFrom('operator_session')
    .innerJoin('operator', 'operator.id', 'operator_session.operator')
    .select(['operator.id', 'name', 'email', 'available', 'seen_at'])
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .where('seen_at', '>', now - sessionLife.idleMs)
    .where('disabled', '=', 0)
    .executeTakeFirst()
  if (!row) return null
  return { hash, operatorId: row.id, name: row.name, email: row.email, isAvailable: row.available === 1, seenAt: row.seen_at }
}
