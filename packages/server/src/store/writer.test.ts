import Libsql from 'libsql'
import { expect, it } from 'vitest'
import { temporaryDatabase, temporaryPath } from '../../test/domain/world.js'
import type { WriteJob } from './writer.js'

const put =
  (key: string): WriteJob<string> =>
  async (tx) => {
    await tx.insertInto('meta').values({ key, value: '-' }).execute()
    return key
  }

it('a write resolves when another connection already sees it', async () => {
  const path = temporaryPath()
  const db = await temporaryDatabase(path)
  const onlooker = new Libsql(path)
  const find = onlooker.prepare('select key from meta where key = ?')
  await Promise.all(['a', 'b', 'c'].map((key) => db.write(put(key)).then(() => expect(find.get([key])).toMatchObject({ key }))))
  onlooker.close()
})

it('writes of one turn share a commit, and each is undone by itself when it fails', async () => {
  const db = await temporaryDatabase()
  const outcomes = await Promise.allSettled([
    db.write(put('good')),
    db.write(async (tx) => {
      await put('bad')(tx, () => {})
      throw new Error('no')
    }),
    db.write(put('also good'))
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  const keys = await db.query.selectFrom('meta').select('key').where('value', '=', '-').orderBy('key').execute()
  expect(keys.map(({ key }) => key)).toEqual(['also good', 'good'])
})

it('what a failed write reported is not handed on', async () => {
  const db = await temporaryDatabase()
  const seen: string[] = []
  db.onCommit((events) => seen.push(...events.map(({ id }) => id)))
  const event = (id: string) => ({
    c: 'c',
    epoch: db.epoch,
    seq: 1,
    ts: 0,
    by: { role: 'system', id: 's' } as const,
    k: 'text',
    id,
    site: 'shop',
    staffOnly: false
  })
  await Promise.allSettled([
    db.write(async (_, report) => report(event('kept'))),
    db.write(async (_, report) => {
      report(event('undone'))
      throw new Error('no')
    })
  ])
  expect(seen).toEqual(['kept'])
})

it('a database that another process holds is reported as unavailable, and takes the next write', async () => {
  const path = temporaryPath()
  const db = await temporaryDatabase(path)
  const holder = new Libsql(path)
  holder.exec('begin immediate')
  await expect(db.write(put('a'))).rejects.toMatchObject({ code: 'store_unavailable', retry: 'later' })
  holder.exec('rollback')
  holder.close()
  expect(await db.write(put('a'))).toBe('a')
})

it('a value that the driver would end the process over is refused', async () => {
  const db = await temporaryDatabase()
  await expect(
    db.write((tx) =>
      tx
        .insertInto('meta')
        .values({ key: 'a', value: true as never })
        .execute()
    )
  ).rejects.toMatchObject({ code: 'internal' })
})

it('the database confirms that commits reach the disk', async () => {
  const db = await temporaryDatabase()
  const { sql } = await import('kysely')
  const settings = await Promise.all(
    [sql`pragma journal_mode`, sql`pragma synchronous`, sql`pragma foreign_keys`].map((query) => query.execute(db.query))
  )
  expect(settings.map(({ rows }) => Object.values(rows[0] as object)[0])).toEqual(['wal', 2, 1])
})

it.each(['SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB'])(
  'a damaged file (%s) is told once and for all, and the write is refused',
  async (code) => {
    const db = await temporaryDatabase()
    const broken = Object.assign(new Error('database disk image is malformed'), { code })
    await expect(db.write(() => Promise.reject(broken))).rejects.toMatchObject({ code: 'store_unavailable' })
    expect(await db.damaged).toBe(broken)
  }
)

it('a full disk is not damage: later writes may succeed', async () => {
  const db = await temporaryDatabase()
  await expect(db.write(() => Promise.reject(Object.assign(new Error('full'), { code: 'SQLITE_FULL' })))).rejects.toThrow()
  expect(await Promise.race([db.damaged, db.write(put('later'))])).toBe('later')
})
