import { expect, it } from 'vitest'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow, openConversation, say } from '../domain/wire-client.js'
import { startBusyWorld, type World } from '../domain/world.js'

/** As if so much had been written before. */
function putHead(world: World, c: string, head: number): Promise<unknown> {
  return changeOnDisk(world.path, ({ tx }) => tx.updateTable('log').set({ head }).where('site', '=', 'shop').where('c', '=', c).execute())
}

it('T25: numbers go on beyond 2^31, for those who are there and those who come', async () => {
  const world = await startBusyWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await putHead(world, c, 2 ** 31 - 2)
  const seqs: number[] = []
  for (let n = 1; n <= 4; n++) seqs.push((await say(customer, { c, n, text: `${n}` })).seq)
  expect(seqs).toEqual([2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 31 + 2])
  const other = await connect(world, { token: customer.welcome.token })
  expect((await follow(other, c)).head).toBe(2 ** 31 + 2)
})

it('T25: a log at the last number that a client can hold takes nothing more, says so, and is not damaged', async () => {
  const world = await startBusyWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await putHead(world, c, Number.MAX_SAFE_INTEGER - 1)
  expect((await say(customer, { c, n: 1, text: 'the last' })).seq).toBe(Number.MAX_SAFE_INTEGER)
  const id = newMessageId()
  customer.send({ t: 'pub', c, id, n: 2, k: 'text', body: { text: 'one too many' } })
  expect(await customer.next('nack', (nack) => nack.id === id)).toMatchObject({ code: 'conversation_gone', retry: 'never' })
  expect((await follow(customer, c)).head).toBe(Number.MAX_SAFE_INTEGER)
})
