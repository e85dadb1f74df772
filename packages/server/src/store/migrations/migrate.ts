import { ChatError, isChatError } from '@porchlight/protocol'
import { type Kysely, type Migration, Migrator, type QueryExecutorProvider, sql } from 'kysely'
import { hasTablesOf, type Schema, schemaOf } from './schema.js'

/** Migrations by name, in order. */
export type Migrations = Readonly<Record<string, Migration>>

/** What bringing a database up to date works with. */
export interface MigrateOptions {
  readonly migrations: Migrations
  /** Where the database is, for whoever reads why it does not fit. */
  readonly path: string
  /** Makes an empty database in memory. */
  readonly makeEmpty: () => Kysely<unknown>
}

/**
 * Brings the tables of a database up to date, all in one transaction: a start that ends in the middle leaves it as it was. A database
 * that another version made differently is refused before anything is changed, because queries would fail on it one by one later.
 *
 * @throws {ChatError} `invalid` when the database is not of this version or an earlier one, `store_unavailable` when a migration fails.
 */
export async function migrate<T>(db: Kysely<T>, options: MigrateOptions): Promise<void> {
  await db.connection().execute(async (connection) => {
    try {
      await sql`begin immediate`.execute(connection)
      await refuseMisfit(connection, options)
      await migrateTo(connection, options.migrations)
      await sql`commit`.execute(connection)
    } catch (cause) {
      await sql`rollback`.execute(connection).catch(() => {})
      throw isChatError(cause) ? cause : new ChatError('store_unavailable', 'the tables of the database cannot be brought up to date', { cause })
    }
  })
}

async function refuseMisfit(db: QueryExecutorProvider, { migrations, path, makeEmpty }: MigrateOptions): Promise<void> {
  const known = Object.keys(migrations)
  const applied = await appliedNames(db)
  const last = applied.at(-1)
  if (last === undefined) return
  if (applied.some((name) => !known.includes(name)))
    throw new ChatError('invalid', `the database at ${path} was made by a newer version of this server: start that one, or name another data folder`)
  const expected = await schemaAfter(makeEmpty(), migrations, last)
  const found = await schemaOf(db)
  if (known.slice(0, applied.length).join() === applied.join() && hasTablesOf(found, expected)) return
  throw new ChatError(
    'invalid',
    `the tables of the database at ${path} are not those of this version: start the version that made it, or name another data folder`
  )
}

/** Names of the migrations that have run, oldest first; none where none ever ran. */
async function appliedNames(db: QueryExecutorProvider): Promise<string[]> {
  const tables = await sql`select 1 from sqlite_schema where type = 'table' and name = 'kysely_migration'`.execute(db)
  if (tables.rows.length === 0) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/** What the migrations of this version make of nothing. */
async function schemaAfter(empty: Kysely<unknown>, migrations: Migrations, last: string): Promise<Schema> {
  try {
    await migrateTo(empty, migrations, last)
    return await schemaOf(empty)
  } finally {
    await empty.destroy()
  }
}

async function migrateTo<T>(db: Kysely<T>, migrations: Migrations, last?: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = last === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(last)
  if (error !== undefined) throw error
}
