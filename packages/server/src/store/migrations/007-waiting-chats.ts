import { type Migration, sql } from 'kysely'

/** Who waits is looked at every second while anybody does, whatever a site has kept of all those who waited before. */
export const waitingChats: Migration = {
  up: async (db) => {
    await sql`create index conversation_waiting on conversation (site, waiting_since) where waiting_since is not null`.execute(db)
  }
}
