import { constants, copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { ChatError, randomText } from '@porchlight/protocol'
import { Kysely, SqliteDialect, sql } from 'kysely'
import Libsql from 'libsql'
import { databasePath, prepareDataFolder } from '../data-folder.js'
import { copyDatabase, syncToDisk } from '../store/database-files.js'
import { lockFolder } from '../store/folder-lock.js'
import { migrate } from '../store/migrations/migrate.js'
import { migrations } from '../store/migrations/migrations.js'
import { random } from '../store/new-ids.js'
import { openScratch, openSqlite } from '../store/sqlite.js'
import type { Tables } from '../store/tables.js'

/** What is put back, and where to. */
export interface RestoreOrder {
  readonly dataFolder: string
  readonly file: string
  readonly nowMs: number
}

/**
 * Puts a backup in the place of a data folder's database, under a new epoch: clients then drop what they hold, and offer again what they had sent. What was
 * there is kept beside it.
 *
 * Sign-ins of operators end, because one that was ended after the backup would be good again.
 *
 * @returns Where the database that was there is now; null when there was none.
 * @throws {ChatError} `invalid` when a server runs on the folder or the file is no backup that this version can read, `store_unavailable`.
 */
export async function restore({ dataFolder, file, nowMs }: RestoreOrder): Promise<string | null> {
  const source = resolve(file)
  if (!existsSync(source)) throw new ChatError('invalid', `there is nothing at ${source}: expected a backup`)
  const folder = prepareDataFolder(dataFolder)
  const unlock = lockFolder(folder)
  const target = databasePath(folder)
  const fresh = `${target}.${randomText(9, random)}.restoring`
  try {
    copyDatabase(source, fresh)
    await beginAnew(fresh, { source, nowMs })
    syncToDisk(fresh)
    const kept = keepAside(target, nowMs)
    renameSync(fresh, target)
    syncToDisk(folder)
    return kept
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(fresh + suffix, { force: true })
    unlock()
  }
}

interface NewBeginning {
  /** The file that the user named. */
  readonly source: string
  readonly nowMs: number
}

/** Makes the copy a database that a server may start on. */
async function beginAnew(path: string, { source, nowMs }: NewBeginning): Promise<void> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(path) }) })
  const makeEmpty = (): Kysely<unknown> => new Kysely({ dialect: new SqliteDialect({ database: openScratch() }) })
  try {
    const tables = await sql`select 1 from sqlite_schema where type = 'table' and name in ('kysely_migration', 'meta')`.execute(db)
    if (tables.rows.length < 2) throw new ChatError('invalid', `the database at ${source} is none of this server`)
    await migrate(db, { migrations, path: source, makeEmpty })
    await db.transaction().execute((tx) => forgetTheRun(tx, nowMs))
    // The log goes into the file, so that the file is all there is.
    await sql`pragma journal_mode = delete`.execute(db)
  } finally {
    await db.destroy()
  }
}

/** What was true of the run that was copied, and is not of the next one. */
async function forgetTheRun(tx: Kysely<Tables>, nowMs: number): Promise<void> {
  await tx
    .updateTable('meta')
    .set({ value: randomText(9, random) })
    .where('key', '=', 'epoch')
    .execute()
  for (const table of ['lease', 'ticket', 'setup_token', 'operator_session'] as const) await tx.deleteFrom(table).execute()
  // Clients ignore a revision that is not newer. The revisions of the run that is lost are unknown, and far below the count of milliseconds.
  await tx
    .updateTable('availability')
    .set((eb) => ({ rev: eb.fn<number>('max', [eb('rev', '+', 1), eb.val(nowMs)]) }))
    .execute()
}

/** There is a database at the name at every moment: without one a server would start with an empty one. */
function keepAside(target: string, nowMs: number): string | null {
  if (!existsSync(target)) return null
  foldLog(target)
  const aside = `${target}.before-restore-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`
  try {
    linkSync(target, aside)
  } catch {
    // Some file systems know no second names.
    copyFileSync(target, aside, constants.COPYFILE_EXCL)
  }
  const log = statSync(`${target}-wal`, { throwIfNoEntry: false })
  if (log !== undefined && log.size > 0) renameSync(`${target}-wal`, `${aside}-wal`)
  for (const suffix of ['-wal', '-shm']) rmSync(target + suffix, { force: true })
  return aside
}

/** A log that stayed beside the new database would be taken for its own. One that cannot be folded in, because the database is damaged, is kept as it is. */
function foldLog(path: string): void {
  try {
    const database = new Libsql(path)
    database.pragma('wal_checkpoint(truncate)')
    database.close()
  } catch {}
}
