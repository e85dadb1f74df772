import { createHash } from 'node:crypto'
import { Kysely, type Migration, SqliteDialect, sql } from 'kysely'
import { expect, it } from 'vitest'
import { openScratch } from '../sqlite.js'
import { migrate } from './migrate.js'
import { migrations } from './migrations.js'

/** SHA-256 of what each published migration asks of an empty database. A change needs a migration of its own: people have run these. */
const published: Readonly<Record<string, string>> = {
  '001-first': 'f8111f56da8ce5c5445160975a631d5336603398ac0c156f8263bf11a681f479',
  '002-closed-is-nobodys': 'd940758223be426413ce135eb6fb61bd81314729d9299414bfca3beffa768605',
  '003-request-keys': '4ed8ea8892645be86ff73cded246fc030e24af8e533ce99d3784b675e8efa524',
  '004-absences': '791f13c56499dd9ee956a776706de3d863d91af63b53fc30e6fe8506c6bb5490',
  '005-mail-jobs': 'e1ae3c6c2b909df3cc28c5bbebf00febdbd675823c50c747af9a63bb13ce2916',
  '006-first-answers': '6c61f6d379f07e3494597da17a885a94e26a4414f11b3bb08f704db424317410',
  '007-waiting-chats': '81740695b78c6e0ace47affc690ea2937762600e9d2a6688475e69114dd3e6bd'
}

function empty(onQuery: (text: string) => void = () => {}): Kysely<unknown> {
  return new Kysely({ dialect: new SqliteDialect({ database: openScratch() }), log: ({ query }) => onQuery(query.sql) })
}

async function fingerprintOf(db: Kysely<unknown>, { up }: Migration, texts: string[]): Promise<string> {
  texts.length = 0
  await up(db)
  return createHash('sha256').update(texts.join(';').replace(/\s+/g, ' ')).digest('hex')
}

it('a migration that was published does what it did then', async () => {
  const texts: string[] = []
  const db = empty((text) => texts.push(text))
  const found: Record<string, string> = {}
  for (const [name, migration] of Object.entries(migrations)) found[name] = await fingerprintOf(db, migration, texts)
  expect(found).toEqual(published)
  await db.destroy()
})

it('a migration that fails leaves the database as it was before all of them', async () => {
  const db = empty()
  const made: Migration = { up: (each) => each.schema.createTable('made').addColumn('id', 'text').execute() }
  const failing: Migration = { up: () => Promise.reject(new Error('no')) }
  const options = { path: 'scratch', makeEmpty: empty }
  await expect(migrate(db, { ...options, migrations: { '001-made': made, '002-failing': failing } })).rejects.toMatchObject({
    code: 'store_unavailable'
  })
  expect((await sql`select name from sqlite_schema`.execute(db)).rows).toEqual([])
  await migrate(db, { ...options, migrations: { '001-made': made } })
  expect((await sql`select * from made`.execute(db)).rows).toEqual([])
  await db.destroy()
})
