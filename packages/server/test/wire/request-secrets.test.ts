import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { dump } from '../domain/dump.js'
import { fields, leave } from '../domain/leave-request.js'
import { makeOlder } from '../domain/make-older.js'
import { createManualClock } from '../domain/manual-clock.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow } from '../domain/wire-client.js'
import { startWorld, temporaryDatabase, temporaryPath } from '../domain/world.js'

const dayMs = 86_400_000

it('the key of a request is in nothing that anybody is told, nor in the database', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const operator = await connect(world, { ticket: await world.ticketFor('vera', { role: 'viewer' }) })
  await follow(operator, 'inbox:shop')
  const key = newMessageId()
  const { receipt } = await leave(world, { key, token: customer.welcome.token })
  expect(receipt.id).not.toBe(key)
  const page = await follow(customer, receipt.c)
  expect(page.events.find(({ k }) => k === 'request')).toMatchObject({ id: receipt.id, data: { request: receipt.id } })
  await follow(operator, receipt.c)
  await operator.next('ev', ({ k }) => k === 'request.changed')
  const told = JSON.stringify([receipt, customer.frames, operator.frames, await world.domain.chat.inbox('shop')])
  expect(told).toContain(receipt.id)
  expect(told).not.toContain(key)
  expect(await dump(world.db)).not.toContain(key)
})

it('what operators see of a request brings nobody its customer’s credential', async () => {
  const world = await startWorld()
  const first = await leave(world)
  const customer = await connect(world, { token: first.receipt.token })
  const [row] = (await world.domain.chat.inbox('shop')).requests
  const forged = await leave(world, { key: row?.id ?? '', body: { fields: row?.fields } })
  expect(forged.status).toBe(201)
  expect(forged.receipt.c).not.toBe(first.receipt.c)
  const forger = await connect(world, { token: forged.receipt.token })
  expect(forger.welcome.you.id).not.toBe(customer.welcome.you.id)
})

it('a request that was left with a credential brings none to whoever repeats it without', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const key = newMessageId()
  const first = await leave(world, { key, token: customer.welcome.token })
  const repeat = await leave(world, { key })
  expect(repeat).toMatchObject({ status: 200, receipt: first.receipt })
  expect(repeat.receipt.token).toBeUndefined()
})

it('a lost credential is given again for a day, the receipt for ever', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const key = newMessageId()
  const first = await leave(world, { key })
  await clock.advance(dayMs - 1)
  expect((await leave(world, { key })).receipt.token).toBeDefined()
  await clock.advance(1)
  const late = await leave(world, { key })
  expect(late).toMatchObject({ status: 200, receipt: { reference: first.receipt.reference } })
  expect(late.receipt.token).toBeUndefined()
})

it('one key on two sites is two requests', async () => {
  const world = await startWorld()
  const key = newMessageId()
  const [here, there] = [await leave(world, { key }), await leave(world, { key, site: 'other' })]
  expect([here.status, there.status]).toEqual([201, 201])
  expect(there.receipt.id).not.toBe(here.receipt.id)
})

it('a request of a database from before, whose id is its key, keeps its receipt and brings no credential any more', async () => {
  const path = temporaryPath()
  const old = await startWorld({ path })
  const key = newMessageId()
  const { receipt } = await leave(old, { key })
  await changeOnDisk(path, async ({ tx }) => {
    await makeOlder(tx, '002-closed-is-nobodys')
    await sql`update request set id = ${key}`.execute(tx)
  })
  await old.close()
  await (await temporaryDatabase(path)).close()
  const world = await startWorld({ path })
  const repeat = await leave(world, { key, body: { fields } })
  expect(repeat).toMatchObject({ status: 200, receipt: { id: key, reference: receipt.reference } })
  expect(repeat.receipt.token).toBeUndefined()
})
