import { randomText } from '@porchlight/protocol'
import { Kysely, SqliteDialect, sql } from 'kysely'
import type { RateOverrides } from '../limits/limits.types.js'
import { startWrites } from '../writer/start-writes.js'
import { createWriter, type Write } from '../writer/writer.js'
import { migrate } from './migrations/migrate.js'
import { migrations } from './migrations/migrations.js'
import { goDirectly } from './prepared.js'
import { openScratch, openSqlite } from './sqlite.js'
import type { StoredEvent } from './stored-event.js'
import type { Tables } from './tables.js'

/** A database whose migrations have run. */
export interface Db {
  /** For single reads; it cannot write. Several that must agree belong into {@link Db.read}. */
  readonly query: Kysely<Tables>
  /** Changes when the database was restored from a copy; clients then drop what they hold. */
  readonly epoch: string
  readonly write: Write
  /** Runs reads that see one and the same moment. */
  readonly read: <T>(job: (snapshot: Kysely<Tables>) => Promise<T>) => Promise<T>
  /** Hands over the events of each commit, in their order, before the writers hear of it. Returns its stop. */
  readonly onCommit: (listener: (events: readonly StoredEvent[]) => void) => () => void
  /** Resolves, with why, when the file turns out to be damaged or its writing thread has ended. What was acknowledged may be in a copy; this one takes nothing more. */
  readonly damaged: Promise<Error>
  /** Finishes what is being written, then closes. */
  readonly close: () => Promise<void>
}

/**
 * Opens the SQLite database at a path, making it when it is absent, and brings its tables up to date.
 *
 * @param rates Rates of what only the database can count, where they differ from the built-in ones.
 * @throws {ChatError} `invalid` when it was made by a version that this one does not follow, `store_unavailable`.
 *
 * @example
 * ```ts
 * const db = await openDatabase('/var/lib/porchlight/porchlight.db')
 * const site = await db.query.selectFrom('site').selectAll().where('id', '=', 'shop').executeTakeFirst()
 * await db.write('ticket.removeExpired', null, Date.now())
 * ```
 */
export async function openDatabase(path: string, rates: RateOverrides = {}): Promise<Db> {
  const file = openSqlite(path)
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) })
  const listeners = new Set<(events: readonly StoredEvent[]) => void>()
  await bringUpToDate(query, path)
  const epoch = await readEpoch(query)
  await sql`pragma query_only = on`.execute(query)
  let onDamage: (error: Error) => void = () => {}
  const damaged = new Promise<Error>((resolve) => {
    onDamage = resolve
  })
  const onCommit = (events: readonly StoredEvent[]): void => {
    for (const listener of listeners) listener(events)
  }
  const writer = createWriter(startWrites({ path, epoch, rates }), { onCommit, onDamage })
  return {
    query,
    epoch,
    damaged,
    write: writer.write,
    read: (job) =>
      query.transaction().execute((snapshot) => {
        goDirectly(snapshot, file)
        return job(snapshot)
      }),
    onCommit: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      await writer.idle()
      // Whoever closes last folds the log into the file, which may take the disk a while: better there than here.
      await query.destroy()
      await writer.close()
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
