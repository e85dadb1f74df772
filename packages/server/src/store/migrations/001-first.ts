import { type Kysely, type Migration, sql } from 'kysely'

/**
 * The first schema. Statements stay within what SQLite and PostgreSQL both take. What belongs to a log names its site too, and both
 * together are the key it refers to: nothing can be filed under one site that is about another one's log.
 */
export const first: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}

const statements: readonly string[] = [
  'create table meta (key text primary key, value text not null)',
  `create table site (
    id text primary key, name text not null, origins text not null, settings text not null,
    capacity integer not null, created_at bigint not null, updated_at bigint not null)`,
  `create table operator (
    id text primary key, email text not null unique, name text not null, password_hash text not null,
    available integer not null, disabled integer not null, created_at bigint not null, updated_at bigint not null)`,
  `create table membership (
    site text not null references site (id) on delete cascade,
    operator text not null references operator (id) on delete cascade,
    role text not null, primary key (site, operator))`,
  'create index membership_operator on membership (operator)',
  `create table operator_session (
    hash text primary key, operator text not null references operator (id) on delete cascade,
    created_at bigint not null, seen_at bigint not null, expires_at bigint not null)`,
  'create index operator_session_operator on operator_session (operator)',
  `create table ticket (
    hash text primary key, operator text not null references operator (id) on delete cascade,
    session text not null references operator_session (hash) on delete cascade, expires_at bigint not null)`,
  'create table setup_token (hash text primary key, created_at bigint not null, expires_at bigint not null)',
  `create table visitor (
    site text not null references site (id) on delete cascade, id text not null, name text,
    created_at bigint not null, seen_at bigint not null, primary key (site, id))`,
  `create table visitor_token (
    hash text primary key, site text not null, visitor text not null, made_at bigint not null, expires_at bigint not null,
    foreign key (site, visitor) references visitor (site, id) on delete cascade)`,
  'create index visitor_token_visitor on visitor_token (site, visitor)',
  `create table log (
    c text primary key, site text not null references site (id) on delete cascade, head bigint not null, unique (site, c))`,
  `create table conversation (
    c text primary key, site text not null, visitor text not null, department text,
    state text not null, assignee text references operator (id) on delete set null, chat integer not null,
    preview text, waiting_since bigint, staff_read bigint not null, page text, title text, locale text, open_id text,
    created_at bigint not null, updated_at bigint not null,
    foreign key (site, c) references log (site, c) on delete cascade,
    foreign key (site, visitor) references visitor (site, id) on delete cascade, unique (site, c), unique (site, visitor, open_id))`,
  'create index conversation_by_visitor on conversation (site, visitor, updated_at)',
  'create index conversation_by_update on conversation (site, updated_at)',
  'create index conversation_by_assignee on conversation (site, assignee, state)',
  `create table event (
    c text not null, seq bigint not null, site text not null, ts bigint not null,
    role text not null, author text not null, name text, k text not null, id text not null, data text not null,
    body_hash text not null, staff_only integer not null, primary key (c, seq), unique (c, author, id),
    foreign key (site, c) references log (site, c) on delete cascade)`,
  `create table device_cursor (
    site text not null, c text not null, author text not null, device text not null, last_n bigint not null,
    primary key (site, c, author, device), foreign key (site, c) references log (site, c) on delete cascade)`,
  `create table verdict (
    site text not null, c text not null, author text not null, device text not null, n bigint not null,
    id text not null, code text not null,
    primary key (site, c, author, device, n), foreign key (site, c) references log (site, c) on delete cascade)`,
  `create table cursor (
    site text not null, c text not null, participant text not null, role text not null, name text,
    delivered bigint not null, read bigint not null,
    primary key (site, c, participant), foreign key (site, c) references log (site, c) on delete cascade)`,
  `create table request (
    site text not null references site (id) on delete cascade, id text not null, reference text not null,
    c text not null, seq bigint not null, visitor text not null, department text,
    state text not null, fields text not null, due bigint, spam integer not null, page text, locale text,
    body_hash text not null, created_at bigint not null, updated_at bigint not null,
    primary key (site, id), unique (site, reference),
    foreign key (site, c) references conversation (site, c) on delete cascade)`,
  'create index request_by_conversation on request (site, c)',
  'create index request_by_update on request (site, updated_at)',
  `create table lease (
    site text not null references site (id) on delete cascade, conn text not null,
    operator text not null references operator (id) on delete cascade, department text, expires_at bigint not null,
    primary key (site, conn))`,
  `create table availability (
    site text not null references site (id) on delete cascade, department text, rev bigint not null, state text not null,
    reason text not null, opens_at bigint, closes_at bigint, updated_at bigint not null)`,
  "create unique index availability_key on availability (site, coalesce(department, ''))"
]
