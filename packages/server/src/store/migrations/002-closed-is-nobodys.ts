import { type Migration, sql } from 'kysely'

/** Takes closed conversations from those who had them, as closing does since. */
export const closedIsNobodys: Migration = {
  up: async (db) => {
    await sql`update conversation set assignee = null where state = 'closed'`.execute(db)
  }
}
