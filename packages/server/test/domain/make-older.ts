import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/store/tables.js'

/** Takes a database back to what it was after a migration, the first or the second, as far as its tables go. */
export async function makeOlder(tx: Kysely<Tables>, last: '001-first' | '002-closed-is-nobodys'): Promise<void> {
  await sql`drop index conversation_waiting`.execute(tx)
  await sql`drop table mail_job`.execute(tx)
  await sql`alter table operator drop column absence`.execute(tx)
  await sql`alter table operator drop column input_at`.execute(tx)
  await sql`drop table first_answer`.execute(tx)
  await sql`alter table conversation drop column chat_asked_at`.execute(tx)
  await sql`drop table request_key`.execute(tx)
  await sql`delete from kysely_migration where name > ${last}`.execute(tx)
}
