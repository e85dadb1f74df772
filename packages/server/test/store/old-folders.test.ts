import { sql } from 'kysely'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.js'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { makeOlder } from '../domain/make-older.js'
import { temporaryDatabase, temporaryPath } from '../domain/world.js'

/** A database as this version leaves it, changed as another version might have made it. */
async function changed(statements: string): Promise<string> {
  const path = temporaryPath()
  const db = await openDatabase(path)
  await db.close()
  const file = new Libsql(path)
  file.exec(statements)
  file.close()
  return path
}

/** Everything in the file but the log that SQLite keeps beside it. */
function contentOf(path: string): unknown {
  const file = new Libsql(path)
  const names = file.prepare('select name, sql from sqlite_schema order by name').all()
  const applied = file.prepare('select name from kysely_migration order by name').all()
  file.close()
  return { names, applied }
}

const withoutSite = `drop table device_cursor; create table device_cursor (
  c text not null references log (c) on delete cascade, author text not null, device text not null, last_n bigint not null,
  primary key (c, author, device))`

describe('a database that another version made', () => {
  it.each([
    ['a table lacks a column', withoutSite],
    ['a table is not there', 'drop table request_key'],
    [
      'a column has another type',
      'drop table setup_token; create table setup_token (hash text primary key, created_at text not null, expires_at bigint not null)'
    ],
    [
      'a column may be empty',
      'drop table setup_token; create table setup_token (hash text primary key, created_at bigint, expires_at bigint not null)'
    ],
    ['a key is not unique', 'drop index availability_key'],
    [
      'a reference is another',
      `drop table ticket; create table ticket (hash text primary key, operator text not null references operator (id) on delete cascade,
        session text not null references operator_session (hash), expires_at bigint not null)`
    ],
    ['a migration did not run', "delete from kysely_migration where name = '002-closed-is-nobodys'"]
  ])('is refused and left alone, in one sentence that says what to do: %s', async (_, statements) => {
    const path = await changed(statements)
    const before = contentOf(path)
    await expect(openDatabase(path)).rejects.toMatchObject({
      code: 'invalid',
      message: `the tables of the database at ${path} are not those of this version: start the version that made it, or name another data folder`
    })
    expect(contentOf(path)).toEqual(before)
  })

  it('is refused as newer when it knows a migration that this version does not', async () => {
    const path = await changed("insert into kysely_migration values ('900-from-tomorrow', '2099-01-01T00:00:00.000Z')")
    await expect(openDatabase(path)).rejects.toMatchObject({
      code: 'invalid',
      message: `the database at ${path} was made by a newer version of this server: start that one, or name another data folder`
    })
  })
})

describe('a database of this version', () => {
  it('may hold tables and indexes of somebody else', async () => {
    const path = await changed('create table _litestream_seq (id integer primary key, seq integer); create index report on request (due)')
    expect((await temporaryDatabase(path)).epoch).not.toBe('')
  })

  it('keeps what it holds when it is opened again', async () => {
    const path = temporaryPath()
    const first = await openDatabase(path)
    await first.close()
    expect((await temporaryDatabase(path)).epoch).toBe(first.epoch)
  })

  it('that ends before a later migration is brought up to date', async () => {
    const path = temporaryPath()
    await (await openDatabase(path)).close()
    await changeOnDisk(path, ({ tx }) => makeOlder(tx, '002-closed-is-nobodys'))
    const db = await temporaryDatabase(path)
    const { rows } = await sql`select * from request_key`.execute(db.query)
    expect(rows).toEqual([])
    expect(await db.query.selectFrom('operator').select(['absence', 'input_at']).execute()).toEqual([])
  })
})
