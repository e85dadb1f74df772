import { randomText } from '@porchlight/protocol'
import { Kysely, SqliteDialect } from 'kysely'
import { migrate } from './migrations/migrate.js'
import { migrations } from './migrations/migrations.js'
import { openScratch, openSqlite } from './sqlite.js'
import type { StoredEvent } from './stored-event.js'
import type { Tables } from './tables.js'
import { createWriter, type WriteJob } from './writer.js'

/** A database whose migrations have run. */
export interface Db {
  /** For single reads. Several that must agree belong into {@link Db.read}. */
  readonly query: Kysely<Tables>
  /** Changes when the database was restored from a copy; clients then drop what they hold. */
  readonly epoch: string
  /**
   * Runs a job inside a transaction and resolves after it is on disk. Jobs that wait together share one commit; each is undone by
   * itself when it throws. A job awaits nothing but the database: everybody's commit waits for it.
   *
   * @throws {ChatError} `store_unavailable` when the commit fails, and whatever the job throws.
   */
  readonly write: <T>(job: WriteJob<T>) => Promise<T>
  /** Runs reads that see one and the same moment. */
  readonly read: <T>(job: (snapshot: Kysely<Tables>) => Promise<T>) => Promise<T>
  /** Hands over the events of each commit, in their order, before the writers hear of it. Returns its stop. */
  readonly onCommit: (listener: (events: readonly StoredEvent[]) => void) => () => void
  /** Resolves, with why, when the file turns out to be damaged. What was acknowledged may be in a copy; this one takes nothing more. */
  readonly damaged: Promise<Error>
  /** Finishes what is being written, then closes. */
  readonly close: () => Promise<void>
}

/**
 * Opens the SQLite database at a path, making it when it is absent, and brings its tables up to date.
 *
 * @throws {ChatError} `invalid` when it was made by a version that this one does not follow, `store_unavailable`.
 *
 * @example
 * ```ts
 * const db = await openDatabase('/var/lib/porchlight/porchlight.db')
 * const site = await db.query.selectFrom('site').selectAll().where('id', '=', 'shop').executeTakeFirst()
 * await db.write((tx) => tx.deleteFrom('ticket').where('expires_at', '<', Date.now()).execute())
 * ```
 */
export async function openDatabase(path: string): Promise<Db> {
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(path) }) })
  const listeners = new Set<(events: readonly StoredEvent[]) => void>()
  await bringUpToDate(query, path)
  const epoch = await readEpoch(query)
  let onDamage: (error: Error) => void = () => {}
  const damaged = new Promise<Error>((resolve) => {
    onDamage = resolve
  })
  const onCommit = (events: readonly StoredEvent[]): void => {
    for (const listener of listeners) listener(events)
  }
  const writer = createWriter(query, { onCommit, onDamage })
  return {
    query,
    epoch,
    damaged,
    write: writer.write,
    read: (job) => query.transaction().execute(job),
    onCommit: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      await writer.idle()
      await query.destroy()
    }
  }
}

/** Nothing stays open over a database that does not fit. */
async function bringUpToDate(query: Kysely<Tables>, path: string): Promise<void> {
  const makeEmpty = (): Kysely<unknown> => new Kysely({ dialect: new SqliteDialect({ database: openScratch() }) })
  try {
    await migrate(query, { migrations, path, makeEmpty })
  } catch (error) {
    await query.destroy()
    throw error
  }
}

/** Made with the database and again by whoever restores it from a copy. */
async function readEpoch(db: Kysely<Tables>): Promise<string> {
  const fresh = randomText(9, (bytes) => crypto.getRandomValues(bytes))
  await db
    .insertInto('meta')
    .values({ key: 'epoch', value: fresh })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { value } = await db.selectFrom('meta').select('value').where('key', '=', 'epoch').executeTakeFirstOrThrow()
  return value
}
