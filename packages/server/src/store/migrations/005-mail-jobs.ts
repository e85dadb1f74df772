import { type Migration, sql } from 'kysely'

/** Keeps what is to be sent by mail beside what it is about, so that a change and its mail are stored together and erased together. */
export const mailJobs: Migration = {
  up: async (db) => {
    await sql`create table mail_job (
      site text not null, id text not null, request text not null, kind text not null, seq bigint not null, recipient text not null,
      state text not null, attempts integer not null, due_at bigint not null, reason text, created_at bigint not null, updated_at bigint not null,
      primary key (site, id), unique (site, request, kind, seq),
      foreign key (site, request) references request (site, id) on delete cascade)`.execute(db)
    await sql`create index mail_job_by_due on mail_job (due_at) where state = 'waiting'`.execute(db)
  }
}
