import { createHash } from 'node:crypto'
import { type Migration, sql } from 'kysely'

/** Keeps the keys of requests apart from what operators see, by their hash. Old ids were keys, so those never bring a credential again. */
export const requestKeys: Migration = {
  up: async (db) => {
    await sql`create table request_key (
      site text not null, hash text not null, request text not null, renewable_until bigint not null,
      primary key (site, hash), foreign key (site, request) references request (site, id) on delete cascade)`.execute(db)
    const { rows } = await sql<{ site: string; id: string }>`select site, id from request where body_hash <> ''`.execute(db)
    for (const { site, id } of rows) {
      const hash = createHash('sha256').update(id).digest('base64url')
      await sql`insert into request_key (site, hash, request, renewable_until) values (${site}, ${hash}, ${id}, 0)`.execute(db)
    }
  }
}
