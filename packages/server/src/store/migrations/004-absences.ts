import { type Migration, sql } from 'kysely'

/** Remembers who left customers waiting or his console alone, and when somebody was last at it, so that a restart does not believe an empty chair. */
export const absences: Migration = {
  up: async (db) => {
    await sql`alter table operator add column absence text`.execute(db)
    await sql`alter table operator add column input_at bigint`.execute(db)
  }
}
