import { sql } from 'kysely'
import type { Db } from '../../src/store/database.js'

/** Columns that say when somebody was last here, and what a probe wrote. */
const passing: readonly string[] = ['seen_at', 'expires_at']

/** Everything in a database, as text, but for what mere presence changes: to compare before and after. */
export async function dump({ query }: Db): Promise<string> {
  const { rows } = await sql<{
    name: string
  }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`.execute(query)
  const tables = []
  for (const { name } of rows) {
    const found = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(query)
    const kept = found.rows.filter((row) => row['key'] !== 'ready_at')
    tables.push([name, kept.map((row) => Object.entries(row).filter(([column]) => !passing.includes(column)))])
  }
  return JSON.stringify(tables)
}
