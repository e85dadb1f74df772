import { newSecret, secretHash } from '../auth/secret.js'
import type { WriteUnit } from '../writer/write-unit.js'
import type { Db } from './database.js'
import type { OperatorSessionTable } from './tables.js'

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

interface Others {
  readonly operatorId: string
  readonly kept: string | null
}

/** What changes sign-ins. */
export const sessionCommands = {
  'session.start': async ({ tx }: WriteUnit, row: OperatorSessionTable): Promise<void> => {
    await tx.insertInto('operator_session').values(row).execute()
  },
  'session.touch': async ({ tx, now }: WriteUnit, hashes: readonly string[]): Promise<void> => {
    await tx.updateTable('operator_session').set({ seen_at: now }).where('hash', 'in', hashes).execute()
  },
  'session.end': async ({ tx }: WriteUnit, hash: string): Promise<void> => {
    await tx.deleteFrom('operator_session').where('hash', '=', hash).execute()
  },
  'session.endOthers': async ({ tx }: WriteUnit, { operatorId, kept }: Others): Promise<string[]> => {
    const ended = tx.deleteFrom('operator_session').where('operator', '=', operatorId)
    return hashesOf(
      await ended
        .where('hash', '!=', kept ?? '')
        .returning('hash')
        .execute()
    )
  },
  'session.removeExpired': async ({ tx, now }: WriteUnit, _: null): Promise<string[]> => {
    const ended = tx.deleteFrom('operator_session').where((or) => or.or([or('expires_at', '<=', now), or('seen_at', '<=', now - sessionLife.idleMs)]))
    return hashesOf(await ended.returning('hash').execute())
  }
}

function hashesOf(rows: readonly { readonly hash: string }[]): string[] {
  return rows.map(({ hash }) => hash)
}

/** Sessions in the database. */
export function createSessionStore(db: Db): SessionStore {
  return {
    async start(operator, now) {
      const cookie = newSecret('pls_')
      const row = { hash: secretHash(cookie), operator, created_at: now, seen_at: now, expires_at: now + sessionLife.absoluteMs }
      await db.write('session.start', row, now)
      return cookie
    },
    find: (cookie, now) => findSession(db, secretHash(cookie), now),
    async touch(hashes, now) {
      if (hashes.length > 0) await db.write('session.touch', hashes, now)
    },
    end: (hash) => db.write('session.end', hash),
    endOthers: (operatorId, kept) => db.write('session.endOthers', { operatorId, kept }),
    removeExpired: (now) => db.write('session.removeExpired', null, now)
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
