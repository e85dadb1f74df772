import { type Migration, sql } from 'kysely'

/** Keeps how long customers waited for a first answer. Whoever waits while this runs is not counted: what he began with is not known. */
export const firstAnswers: Migration = {
  up: async (db) => {
    await sql`alter table conversation add column chat_asked_at bigint`.execute(db)
    await sql`create table first_answer (
      site text not null references site (id) on delete cascade, kind text not null, subject text not null, c text not null,
      department text, asked_at bigint not null, answered_at bigint not null, operator text references operator (id) on delete set null,
      primary key (site, kind, subject, asked_at), foreign key (site, c) references conversation (site, c) on delete cascade)`.execute(db)
    await sql`create index first_answer_by_time on first_answer (site, kind, answered_at)`.execute(db)
  }
}
