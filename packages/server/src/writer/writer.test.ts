import fc from 'fast-check'
import { sql } from 'kysely'
import Libsql from 'libsql'
import { afterAll, expect, it, onTestFinished, vi } from 'vitest'
import { temporaryDatabase, temporaryPath } from '../../test/domain/world.js'
import type { Db } from '../store/database.js'
import type { StoredEvent } from '../store/stored-event.js'
import { type Commands, commands } from './commands.js'
import type { WriteUnit } from './write-unit.js'

interface Put {
  readonly key: string
  readonly fault?: { readonly message: string; readonly code?: string; readonly afterMs?: number }
}

const eventOf = (id: string, { epoch, now }: WriteUnit): StoredEvent => ({
  ...{ c: 'c', epoch, seq: 1, ts: now, by: { role: 'system', id: 's' }, k: 'text', id, site: 'shop', staffOnly: false }
})

/** Stores a key and reports it; then fails, where it is told to. */
async function put(unit: WriteUnit, { key, fault }: Put): Promise<string> {
  await unit.tx.insertInto('meta').values({ key, value: '-' }).execute()
  unit.report(eventOf(key, unit))
  if (fault) throw Object.assign(new Error(fault.message), fault)
  return key
}

let gate = Promise.resolve()
const testCommands = { put, wait: () => gate, give: async (_: WriteUnit, value: unknown) => value }
Object.assign(commands, testCommands)
afterAll(() => {
  for (const name of Object.keys(testCommands)) delete (commands as Partial<Record<string, unknown>>)[name]
})

type TestWrite = (name: keyof typeof testCommands, input: unknown) => Promise<unknown>
const writeTo = (db: Db): TestWrite => db.write as unknown as TestWrite

async function keysOf(db: Db): Promise<string[]> {
  const found = await db.query.selectFrom('meta').select('key').where('value', '=', '-').orderBy('key').execute()
  return found.map(({ key }) => key)
}

it('a write resolves when another connection already sees it', async () => {
  const path = temporaryPath()
  const write = writeTo(await temporaryDatabase(path))
  const onlooker = new Libsql(path)
  const find = onlooker.prepare('select key from meta where key = ?')
  await Promise.all(['a', 'b', 'c'].map((key) => write('put', { key }).then(() => expect(find.get([key])).toMatchObject({ key }))))
  onlooker.close()
})

it('whatever fails of what is written together is undone by itself, and everybody hears of his own in the order in which he asked', async () => {
  const jobs = fc.array(fc.record({ fails: fc.boolean(), turn: fc.boolean() }), { maxLength: 150 })
  let round = 0
  const db = await temporaryDatabase()
  const write = writeTo(db)
  await fc.assert(
    fc.asyncProperty(jobs, async (plan) => {
      const told: string[] = []
      const stop = db.onCommit((events) => told.push(...events.map(({ id }) => `event ${id}`)))
      const nameOf = (index: number): string => `${round} ${String(index).padStart(3, '0')}`
      const answers: Promise<unknown>[] = []
      for (const [index, { fails, turn }] of plan.entries()) {
        const key = nameOf(index)
        const answer = write('put', { key, ...(fails ? { fault: { message: key } } : {}) })
        const tell = (what: string) => () => told.push(`${what} ${key}`)
        answers.push(answer.then(tell('answer'), tell('refusal')))
        if (turn) await new Promise(setImmediate)
      }
      await Promise.all(answers)
      stop()
      const expected = plan.map(({ fails }, index) => `${fails ? 'refusal' : 'answer'} ${nameOf(index)}`)
      expect(told.filter((line) => !line.startsWith('event'))).toEqual(expected)
      const kept = plan.flatMap(({ fails }, index) => (fails ? [] : [nameOf(index)]))
      expect(told.flatMap((line) => (line.startsWith('event ') ? [line.slice('event '.length)] : []))).toEqual(kept)
      for (const key of kept) expect(told.indexOf(`event ${key}`)).toBeLessThan(told.indexOf(`answer ${key}`))
      expect((await keysOf(db)).filter((key) => key.startsWith(`${round} `))).toEqual(kept)
      round += 1
    }),
    { numRuns: 25 }
  )
})

it('what is asked for while one commit runs shares the next, up to 64 together', async () => {
  const db = await temporaryDatabase()
  const write = writeTo(db)
  const sizes: number[] = []
  db.onCommit((events) => sizes.push(events.length))
  let letGo = (): void => {}
  gate = new Promise((resolve) => {
    letGo = resolve
  })
  const first = write('wait', null)
  await new Promise(setImmediate)
  const rest = Array.from({ length: 100 }, async (_, index) => {
    if (index % 2 === 1) await new Promise(setImmediate)
    await write('put', { key: String(index) })
  })
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  letGo()
  await Promise.all([first, ...rest])
  expect(sizes).toEqual([0, 64, 36])
})

it('when 2,000 wait, or the oldest for half a second, the next is told to come back; what waits is not lost, nor what the server says to itself', async () => {
  const db = await temporaryDatabase()
  const write = writeTo(db)
  let letGo = (): void => {}
  gate = new Promise((resolve) => {
    letGo = resolve
  })
  const waiting = [write('wait', null), ...Array.from({ length: 1_999 }, (_, index) => write('put', { key: String(index) }))]
  await expect(write('put', { key: 'too many' })).rejects.toMatchObject({ code: 'busy', afterMs: 1_000 })
  letGo()
  await Promise.all(waiting)
  expect(await keysOf(db)).toHaveLength(1_999)
  expect(await write('put', { key: 'afterwards' })).toBe('afterwards')

  gate = new Promise((resolve) => {
    letGo = resolve
  })
  const slow = write('wait', null)
  const { now } = performance
  const later = vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 501)
  onTestFinished(() => later.mockRestore())
  await expect(write('put', { key: 'too late' })).rejects.toMatchObject({ code: 'busy', afterMs: 1_000 })
  const own = [db.write('lease.drop', { site: 'shop', conn: 'x' }), db.write('session.touch', ['x'])]
  letGo()
  await Promise.all([slow, ...own])
  expect(await write('put', { key: 'in time' })).toBe('in time')
})

it('an input that cannot be copied is an error for whoever asked, and for nobody who asked in the same turn', async () => {
  const db = await temporaryDatabase()
  const write = writeTo(db)
  const faults: unknown[] = []
  const note = (error: unknown): void => void faults.push(error)
  process.on('uncaughtException', note)
  onTestFinished(() => void process.off('uncaughtException', note))
  const told = await Promise.allSettled([
    write('put', { key: 'before' }),
    write('put', { key: () => {} }),
    write('put', { key: 'between' }),
    write('put', { key: 'deep', fault: { message: Symbol('no') } }),
    write('put', { key: 'after' })
  ])
  expect(told.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.code))).toEqual([
    'before',
    'internal',
    'between',
    'internal',
    'after'
  ])
  expect(await keysOf(db)).toEqual(['after', 'before', 'between'])
  await expect(write('put', { key: () => {} })).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('put') })
  expect(await write('put', { key: 'later' })).toBe('later')
  expect(faults).toEqual([])
})

it('a database that another process holds is reported as unavailable, and takes the next write', async () => {
  const path = temporaryPath()
  const write = writeTo(await temporaryDatabase(path))
  const holder = new Libsql(path)
  holder.exec('begin immediate')
  await expect(write('put', { key: 'a' })).rejects.toMatchObject({ code: 'store_unavailable', retry: 'later' })
  holder.exec('rollback')
  holder.close()
  expect(await write('put', { key: 'a' })).toBe('a')
})

it('a value that the driver would end the process over is refused', async () => {
  const db = await temporaryDatabase()
  await expect(db.write('setup.issue', true as never)).rejects.toMatchObject({ code: 'internal' })
})

it('the database confirms that commits reach the disk, and its readers cannot write', async () => {
  const db = await temporaryDatabase()
  const settings = await Promise.all(
    [sql`pragma journal_mode`, sql`pragma synchronous`, sql`pragma foreign_keys`].map((query) => query.execute(db.query))
  )
  expect(settings.map(({ rows }) => Object.values(rows[0] as object)[0])).toEqual(['wal', 2, 1])
  await expect(db.query.deleteFrom('meta').execute()).rejects.toThrow('readonly')
})

it.each(['SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB'])(
  'a damaged file (%s) is told once and for all, and the write is refused',
  async (code) => {
    const db = await temporaryDatabase()
    const broken = { message: 'database disk image is malformed', code }
    await expect(writeTo(db)('put', { key: 'a', fault: broken })).rejects.toMatchObject({ code: 'store_unavailable', cause: broken })
    expect(await db.damaged).toMatchObject(broken)
  }
)

it('a full disk is not damage: later writes may succeed', async () => {
  const db = await temporaryDatabase()
  const write = writeTo(db)
  await expect(write('put', { key: 'a', fault: { message: 'full', code: 'SQLITE_FULL' } })).rejects.toMatchObject({ code: 'store_unavailable' })
  expect(await Promise.race([db.damaged, write('put', { key: 'later' })])).toBe('later')
})

it('every command has a name, and what it gives is plain data', async () => {
  const db = await temporaryDatabase()
  expect(Object.keys(commands satisfies Commands).length).toBeGreaterThan(20)
  expect(await writeTo(db)('give', { a: [1, null, 'x'], b: undefined })).toEqual({ a: [1, null, 'x'], b: undefined })
})
