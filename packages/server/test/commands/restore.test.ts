import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { beforeEach, expect, it } from 'vitest'
import { startApiServer } from '../api/api-server.js'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow, openConversation, say, textsOf } from '../domain/wire-client.js'
import { startWorld, type World } from '../domain/world.js'
import { command } from './command.js'

let folder: string
let data: string
let copy: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-restore-'))
  data = join(folder, 'data')
  copy = join(folder, 'copy.db')
  await mkdir(data)
  return () => rm(folder, { recursive: true, force: true })
})

const start = (): Promise<World> => startWorld({ path: join(data, 'porchlight.db') })

it('T20: after a restore clients are told to drop what they hold, and what they offer again is stored once', async () => {
  const before = await start()
  const customer = await connect(before)
  const { device, welcome } = customer
  const c = await openConversation(customer)
  const ids = [newMessageId(), newMessageId(), newMessageId()] as const
  await say(customer, { c, n: 1, text: 'kept', id: ids[0] })
  expect((await command(data, 'backup', copy)).code).toBe(0)
  await say(customer, { c, n: 2, text: 'lost', id: ids[1] })
  await say(customer, { c, n: 3, text: 'lost too', id: ids[2] })
  await before.close()
  expect((await command(data, 'restore', copy)).code).toBe(0)

  const after = await start()
  expect(after.db.epoch).not.toBe(before.db.epoch)
  const back = await connect(after, { token: welcome.token, device, subs: [{ c, epoch: before.db.epoch, have: 3 }] })
  expect(back.welcome.you.id).toBe(welcome.you.id)
  expect(back.welcome.subs).toMatchObject([{ c, epoch: after.db.epoch, reset: true, lastN: 1 }])
  expect(await say(back, { c, n: 2, text: 'lost', id: ids[1] })).not.toHaveProperty('dup')
  expect(await say(back, { c, n: 3, text: 'lost too', id: ids[2] })).not.toHaveProperty('dup')
  expect(await say(back, { c, n: 1, text: 'kept', id: ids[0] })).toMatchObject({ seq: 1, dup: true })
  expect(await textsOf(back, c)).toEqual(['kept', 'lost', 'lost too'])
  const { events } = await follow(back, c)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
})

it('keeps what was there, with what only its log held, and leaves no log that the new database would take for its own', async () => {
  const before = await start()
  const customer = await connect(before)
  const c = await openConversation(customer)
  expect((await command(data, 'backup', copy)).code).toBe(0)
  await say(customer, { c, n: 1, text: 'after the backup' })
  const killed: [string, Buffer][] = []
  for (const name of ['porchlight.db', 'porchlight.db-wal']) killed.push([name, await readFile(join(data, name))])
  await before.close()
  for (const [name, bytes] of killed) await writeFile(join(data, name), bytes)

  const { code, stdout } = await command(data, 'restore', copy)
  expect(code).toBe(0)
  const kept = /what was there is (\S+)/.exec(stdout)?.[1] ?? ''
  const names = (await readdir(data)).sort()
  expect(names).toEqual(['porchlight.db', kept.split('/').at(-1), 'server.lock'])
  expect((await stat(join(data, 'porchlight.db'))).mode & 0o777).toBe(0o600)
  const old = new Libsql(kept)
  expect(JSON.stringify(old.prepare("select data from event where k = 'text'").all())).toContain('after the backup')
  old.close()
  const after = await start()
  expect(await after.db.query.selectFrom('event').selectAll().where('k', '=', 'text').execute()).toEqual([])
})

it('is refused with 2 while a server runs on the folder, which goes on with what it has', async () => {
  const running = await startApiServer()
  expect((await command(running.dataFolder, 'backup', copy)).code).toBe(0)
  const names = await readdir(running.dataFolder)
  const result = await command(running.dataFolder, 'restore', copy)
  expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^porchlight: a server runs on the data folder [^\n]+\n$/) })
  expect((await readdir(running.dataFolder)).sort()).toEqual(names.sort())
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200)
  await running.server.close()
  expect((await command(running.dataFolder, 'restore', copy)).code).toBe(0)
})

it('ends the sign-ins of operators and goes on with revisions above those of the run that is lost', async () => {
  const before = await start()
  const ticket = await before.ticketFor('ann')
  await connect(before, { ticket })
  await changeOnDisk(before.path, async ({ tx }) => {
    const row = { hash: 'h', operator: 'ann', created_at: 1, seen_at: 1, expires_at: 9e15 }
    await tx.insertInto('operator_session').values(row).execute()
  })
  await before.domain.availability.refresh('shop')
  expect((await command(data, 'backup', copy)).code).toBe(0)
  for (let flip = 0; flip < 4; flip++) await before.domain.presence.setAvailable('ann', flip % 2 === 0)
  await before.domain.availability.refresh('shop')
  const { rev } = before.domain.availability.get('shop')
  await before.close()
  await command(data, 'restore', copy)
  const after = await start()
  expect(after.domain.availability.get('shop').rev).toBeGreaterThan(rev)
  expect(after.domain.presence.leased('shop')).toEqual([])
  expect(await after.db.query.selectFrom('operator_session').selectAll().execute()).toEqual([])
})

it.each([
  ['is nothing', undefined],
  ['is no database', 'not a database'.repeat(1_000)],
  ['was cut off', 'cut'],
  ['belongs to another program', 'foreign'],
  ['is of a newer version', 'newer']
])('of a file that %s changes nothing and ends with one sentence', async (_, kind) => {
  const before = await start()
  await connect(before)
  expect((await command(data, 'backup', copy)).code).toBe(0)
  await before.close()
  const good = await content()
  await spoil(kind)
  const { code, stdout, stderr } = await command(data, 'restore', copy)
  expect({ code: code > 0, stdout }).toEqual({ code: true, stdout: '' })
  expect(stderr).toMatch(/^porchlight: [^\n]+copy\.db[^\n]*\n$/)
  expect(await content()).toEqual(good)
})

/** Every file of the data folder but the lock, which says nothing. */
async function content(): Promise<Record<string, string>> {
  const names = (await readdir(data)).filter((name) => name !== 'server.lock')
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(data, name), 'base64')])))
}

async function spoil(kind: string | undefined): Promise<void> {
  if (kind === 'newer') {
    const file = new Libsql(copy)
    file.exec("insert into kysely_migration values ('900-from-tomorrow', '2099-01-01T00:00:00.000Z')")
    file.close()
    return
  }
  const bytes = await readFile(copy)
  await rm(copy)
  if (kind === undefined) return
  if (kind === 'foreign') {
    const file = new Libsql(copy)
    file.exec('create table meta (key text, value text)')
    file.close()
  } else await writeFile(copy, kind === 'cut' ? bytes.subarray(0, bytes.length / 2) : kind)
}
