import { Kysely, SqliteDialect } from 'kysely'
import { createRateLimits } from '../../src/limits/rate-limits.js'
import { openSqlite } from '../../src/store/sqlite.js'
import type { Tables } from '../../src/store/tables.js'
import type { WriteUnit } from '../../src/writer/write-unit.js'

/** Changes a database past its writer, on a connection of its own: all of it or, when the work throws, nothing. */
export async function changeOnDisk<T>(path: string, work: (unit: WriteUnit) => Promise<T>): Promise<T> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(path) }) })
  try {
    return await db.transaction().execute((tx) => work({ tx, epoch: 'e', now: 0, limits: createRateLimits(), report: () => {} }))
  } finally {
    await db.destroy()
  }
}
