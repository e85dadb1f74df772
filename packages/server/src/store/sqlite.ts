import { closeSync, existsSync, openSync } from 'node:fs'
import { ChatError } from '@porchlight/protocol'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import Libsql from 'libsql'

/** A statement that was prepared once. */
export interface FileStatement extends SqliteStatement {
  /** The first row, or undefined. */
  readonly get: (parameters: readonly unknown[]) => unknown
}

/** An open file, as Kysely takes it and as statements that are built once use it. */
export interface SqliteFile extends SqliteDatabase {
  readonly prepare: (sql: string) => FileStatement
}

/** How long a statement waits for a lock of another process. It blocks the event loop, so it is short; callers try again. */
const busyTimeoutMs = 250
/**
 * What one group of messages touches has to fit into memory, or SQLite writes pages before the commit that it will write again; it allows itself 2 MB. And
 * a page that many messages change is carried over from the log once for all of them when that is done after 16 MB instead of 4.
 */
const roominess = ['cache_size = -16000', 'wal_autocheckpoint = 4000']
/** Distinct statements are few; the bound only guards against generated ones. */
const maxStatements = 256

/**
 * Opens an SQLite file for one writer that acknowledges only what is on disk: write-ahead log, `synchronous=FULL`, foreign keys.
 *
 * @throws {ChatError} `store_unavailable` when the file cannot be opened or the database does not confirm these settings.
 */
export function openSqlite(path: string): SqliteFile {
  const database = connect(path)
  const found = configure(database, path)
  if (found !== 'wal,2,1') {
    database.close()
    throw new ChatError('store_unavailable', `the database at ${path} is not durable: journal_mode,synchronous,foreign_keys is ${found}`)
  }
  return { close: () => void database.close(), prepare: cachedStatements((sql) => database.prepare(sql) as FileStatement) }
}

/** Opens an empty database in memory, for what is asked of it and forgotten. */
export function openScratch(): SqliteDatabase {
  const database = new Libsql(':memory:')
  return { close: () => void database.close(), prepare: (sql) => database.prepare(sql) as SqliteStatement }
}

function connect(path: string): Libsql.Database {
  try {
    makeFile(path)
    return new Libsql(path, { timeout: busyTimeoutMs })
  } catch (cause) {
    throw new ChatError('store_unavailable', `the database at ${path} cannot be opened`, { cause })
  }
}

/**
 * Makes the file before SQLite would, for its owner alone whatever the folder allows: it holds what people wrote and the hashes of passwords. SQLite gives its log and
 * its shared memory the file's own rights. A file that is there keeps its rights, which somebody may have widened for his copies, and is not opened here: closing it
 * would end the locks of every other connection that this process has to it, and another process could then take the log away from under them.
 */
function makeFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
}

/** Asks for durability; what the database says that it is. The first thing read of a file, so what is no database fails here. */
function configure(database: Libsql.Database, path: string): string {
  try {
    for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', ...roominess]) database.pragma(setting)
    return ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => readPragma(database, name)).join()
  } catch (cause) {
    database.close()
    throw new ChatError('store_unavailable', `the database at ${path} cannot be read`, { cause })
  }
}

function readPragma(database: Libsql.Database, name: string): string {
  const rows = database.pragma(name) as readonly object[]
  return String(Object.values(rows[0] ?? {})[0])
}

/** Preparing costs more than running; the oldest statement makes room. */
function cachedStatements(prepare: (sql: string) => FileStatement): (sql: string) => FileStatement {
  const known = new Map<string, FileStatement>()
  return (sql) => {
    const hit = known.get(sql)
    if (hit) return hit
    const statement = checkedStatement(prepare(sql))
    const oldest = known.size >= maxStatements ? known.keys().next().value : undefined
    if (oldest !== undefined) known.delete(oldest)
    known.set(sql, statement)
    return statement
  }
}

/** The native driver aborts the whole process on a boolean or an undefined parameter, so they are refused before it sees them. */
function checkedStatement(statement: FileStatement): FileStatement {
  const check = (parameters: readonly unknown[]): readonly unknown[] => {
    for (const value of parameters)
      if (value !== null && typeof value !== 'string' && typeof value !== 'number')
        throw new ChatError('internal', `a statement was given a ${typeof value}`)
    return parameters
  }
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(check(parameters)),
    get: (parameters) => statement.get(check(parameters)),
    run: (parameters) => statement.run(check(parameters)),
    iterate: (parameters) => statement.iterate(check(parameters))
  }
}
