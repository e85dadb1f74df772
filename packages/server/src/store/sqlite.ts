import { closeSync, existsSync, openSync } from 'node:fs'
import { ChatError } from '@porchlight/protocol'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import Libsql from 'libsql'

/** How long a statement waits for a lock of another process. It blocks the event loop, so it is short; callers try again. */
const busyTimeoutMs = 250
/** Distinct statements are few; the bound only guards against generated ones. */
const maxStatements = 256

/**
 * Opens an SQLite file for one writer that acknowledges only what is on disk: write-ahead log, `synchronous=FULL`, foreign keys.
 *
 * @throws {ChatError} `store_unavailable` when the file cannot be opened or the database does not confirm these settings.
 */
export function openSqlite(path: string): SqliteDatabase {
  const database = connect(path)
  const found = configure(database, path)
  if (found !== 'wal,2,1') {
    database.close()
    throw new ChatError('store_unavailable', `the database at ${path} is not durable: journal_mode,synchronous,foreign_keys is ${found}`)
  }
  return { close: () => void database.close(), prepare: cachedStatements((sql) => database.prepare(sql) as SqliteStatement) }
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
    for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) database.pragma(setting)
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
function cachedStatements(prepare: (sql: string) => SqliteStatement): (sql: string) => SqliteStatement {
  const known = new Map<string, SqliteStatement>()
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
function checkedStatement(statement: SqliteStatement): SqliteStatement {
  const check = (parameters: readonly unknown[]): readonly unknown[] => {
    for (const value of parameters)
      if (value !== null && typeof value !== 'string' && typeof value !== 'number')
        throw new ChatError('internal', `a statement was given a ${typeof value}`)
    return parameters
  }
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(check(parameters)),
    run: (parameters) => statement.run(check(parameters)),
    iterate: (parameters) => statement.iterate(check(parameters))
  }
}
