import { expect, it, onTestFinished, vi } from 'vitest'
import { commands } from '../../src/writer/commands.js'
import { createManualClock } from '../domain/manual-clock.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, openConversation, type Welcomed } from '../domain/wire-client.js'
import { noLimits, startWorld, temporaryDatabase, temporaryPath, type World } from '../domain/world.js'

it('a server that goes says when to come back, and answers what it has taken before it closes', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const disk = slowDisk(world)
  const id = newMessageId()
  customer.send({ t: 'pub', c, id, n: 1, k: 'text', body: { text: 'just in time' } })
  customer.send({ t: 'ping', now: 1 })
  await customer.next('pong')

  const closing = world.domain.close()
  const { after } = await customer.next('drain')
  expect(after[1]).toBeGreaterThan(after[0])
  expect(customer.frames.some((frame) => frame.t === 'ack' && frame.id === id)).toBe(false)
  disk.goOn()
  expect(await customer.next('ack', (ack) => ack.id === id)).toMatchObject({ c, seq: 1 })
  expect(await customer.closed).toBe(1012)
  await closing
})

/** A commit that does not end until it is told to. */
function slowDisk({ db }: World): { readonly goOn: () => void } {
  let goOn: () => void = () => {}
  const isReady = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const slow = vi.spyOn(commands, 'meta.noteReady').mockReturnValueOnce(isReady)
  onTestFinished(() => slow.mockRestore())
  void db.write('meta.noteReady', null)
  return { goOn }
}

it('a server that goes takes no new sockets', async () => {
  const world = await startWorld()
  await world.domain.close()
  await expect(connect(world)).rejects.toThrow('refused with 503')
})

it('T26: a server that goes spreads everybody over the time that they need to come in again, and loses nothing that it took', async () => {
  const path = temporaryPath()
  const world = await startWorld({ path, limits: { ...noLimits, hellos: { count: 30, perMs: 1_000 } }, clock: createManualClock() })
  const customers: Welcomed[] = []
  for (let count = 0; count < 30; count++) customers.push(await connect(world))
  const talks = await Promise.all(customers.map(async (customer) => ({ customer, c: await openConversation(customer), id: newMessageId() })))
  const disk = slowDisk(world)
  for (const { customer, c, id } of talks) customer.send({ t: 'pub', c, id, n: 1, k: 'text', body: { text: 'just in time' } })
  for (const { customer } of talks) customer.send({ t: 'ping', now: 1 })
  await Promise.all(customers.map((customer) => customer.next('pong')))
  const closing = world.domain.close()
  const windows = await Promise.all(customers.map((customer) => customer.next('drain')))
  expect(new Set(windows.map(({ after }) => after.join()))).toEqual(new Set(['0,1000']))
  disk.goOn()
  expect(await Promise.all(customers.map(({ closed }) => closed))).toEqual(customers.map(() => 1012))
  await closing
  for (const { customer, id } of talks) expect(customer.frames).toContainEqual(expect.objectContaining({ t: 'ack', id, seq: 1 }))
  await world.close()
  const rows = await (await temporaryDatabase(path)).query.selectFrom('event').select('id').where('k', '=', 'text').execute()
  expect(rows.map(({ id }) => id).sort()).toEqual(talks.map(({ id }) => id).sort())
})

it('the window grows with the crowd, at the rate at which it is let in again', async () => {
  const world = await startWorld({ limits: { ...noLimits, hellos: { count: 20, perMs: 10_000 } }, clock: createManualClock() })
  const customers = await Promise.all(Array.from({ length: 20 }, () => connect(world)))
  const closing = world.domain.close()
  for (const customer of customers) expect((await customer.next('drain')).after).toEqual([0, 10_000])
  await closing
})

it('a disk that hangs keeps nobody from hearing that he is to leave, and holds up the end no longer than the deadline', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const disk = slowDisk(world)
  customer.send({ t: 'pub', c, id: newMessageId(), n: 1, k: 'text', body: { text: 'too late' } })
  customer.send({ t: 'ping', now: 1 })
  await customer.next('pong')
  let pass = (): void => {}
  const closing = world.domain.close(
    new Promise<void>((resolve) => {
      pass = resolve
    })
  )
  await customer.next('drain')
  pass()
  await closing
  expect(await customer.closed).toBe(1006)
  expect(customer.frames.some(({ t }) => t === 'ack' || t === 'nack')).toBe(true)
  disk.goOn()
})
