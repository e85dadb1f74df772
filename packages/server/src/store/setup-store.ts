import { ChatError } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import { newSecret, secretHash } from '../auth/secret.js'
import type { WriteUnit } from '../writer/write-unit.js'
import type { Db } from './database.js'
import { insertOperator } from './operator-store.js'
import type { Tables } from './tables.js'

/** The first owner, as he describes himself. */
interface FirstOwner {
  readonly email: string
  readonly name: string
  readonly passwordHash: string
}

/** The one-time right to create the first owner. */
export interface SetupStore {
  /** Makes a new token; an older one is void. */
  readonly issue: (nowMs: number) => Promise<string>
  /** Whether the token is good now, without using it up. */
  readonly isGood: (token: string, nowMs: number) => Promise<boolean>
  /**
   * Creates the owner of every site and uses the token up, in one transaction.
   *
   * @throws {ChatError} `unauthorized` when the token is not good, or not any more.
   */
  readonly complete: (token: string, owner: FirstOwner, nowMs: number) => Promise<string>
  /** The same without a token, for an owner that the configuration names; null when there is an account already. */
  readonly createOwner: (owner: FirstOwner, nowMs: number) => Promise<string | null>
}

const lifeMs = 24 * 3_600_000

/** What sets a server up. Tokens come as their hashes. */
export const setupCommands = {
  'setup.issue': async ({ tx, now }: WriteUnit, hash: string): Promise<void> => {
    await tx.deleteFrom('setup_token').execute()
    await tx
      .insertInto('setup_token')
      .values({ hash, created_at: now, expires_at: now + lifeMs })
      .execute()
  },
  'setup.complete': async ({ tx, now }: WriteUnit, { hash, owner }: { readonly hash: string; readonly owner: FirstOwner }): Promise<string> => {
    const used = await tx.deleteFrom('setup_token').where('hash', '=', hash).returning('expires_at').executeTakeFirst()
    if (!used || used.expires_at <= now || (await hasOperators(tx))) throw new ChatError('unauthorized', 'this set-up link is not good any more')
    return insertOwner(tx, owner, now)
  },
  'setup.createOwner': async ({ tx, now }: WriteUnit, owner: FirstOwner): Promise<string | null> =>
    (await hasOperators(tx)) ? null : insertOwner(tx, owner, now)
}

/** Set-up tokens in the database. */
export function createSetupStore(db: Db): SetupStore {
  return {
    async issue(now) {
      const token = newSecret('plo_')
      await db.write('setup.issue', secretHash(token), now)
      return token
    },
    async isGood(token, now) {
      const row = await db.query.selectFrom('setup_token').select('expires_at').where('hash', '=', secretHash(token)).executeTakeFirst()
      return row !== undefined && row.expires_at > now
    },
    complete: (token, owner, now) => db.write('setup.complete', { hash: secretHash(token), owner }, now),
    createOwner: (owner, now) => db.write('setup.createOwner', owner, now)
  }
}

async function hasOperators(tx: Kysely<Tables>): Promise<boolean> {
  return (await tx.selectFrom('operator').select('id').limit(1).executeTakeFirst()) !== undefined
}

async function insertOwner(tx: Kysely<Tables>, owner: FirstOwner, now: number): Promise<string> {
  const sites = await tx.selectFrom('site').select('id').execute()
  await tx.deleteFrom('setup_token').execute()
  return insertOperator(tx, { ...owner, role: 'owner', sites: sites.map(({ id }) => id) }, now)
}
