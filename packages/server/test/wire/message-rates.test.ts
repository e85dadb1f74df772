import { expect, it } from 'vitest'
import { newMessageId } from '../domain/new-ids.js'
import { connect, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { noLimits, startBusyWorld, type World } from '../domain/world.js'

const narrow = { messagesPerSite: { count: 6, perMs: 60_000 } }

/** Sends texts one after another; how many were taken. */
async function flood(client: Welcomed, count: number): Promise<number> {
  const c = await openConversation(client)
  let taken = 0
  for (let n = 1; n <= count; n++) {
    const id = newMessageId()
    client.send({ t: 'pub', c, id, n: taken + 1, k: 'text', body: { text: `text ${n}` } })
    const answer = await Promise.race([client.next('ack', (ack) => ack.id === id), client.next('nack', (nack) => nack.id === id)])
    if (answer.t === 'ack') taken++
    else expect(answer).toMatchObject({ code: 'rate_limited', retry: 'later' })
  }
  return taken
}

async function readByAnOperator(world: World, customer: Welcomed): Promise<{ readonly c: string; readonly ann: Welcomed }> {
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })
  const ann = await connect(world, { ticket: await world.ticketFor('ann') })
  await world.domain.chat.moveCursor('shop', { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'agent' }, { c, delivered: 1, read: 1 })
  return { c, ann }
}

it('a crowd of new visitors that fills the rate of the site holds up new visitors only', async () => {
  const world = await startBusyWorld({ limits: { ...noLimits, ...narrow } })
  const customer = await connect(world)
  const { c, ann } = await readByAnOperator(world, customer)
  const crowd = await Promise.all([1, 2, 3].map(() => connect(world)))
  const taken = await Promise.all(crowd.map((client) => flood(client, 6)))
  expect(taken.reduce((sum, each) => sum + each, 0)).toBe(5)

  for (let n = 2; n <= 12; n++) await say(customer, { c, n, text: `text ${n}` })
  for (let n = 1; n <= 12; n++) await say(ann, { c, n, text: `answer ${n}` })
})

it('one address cannot fill the rate of the site, however many visitors it makes', async () => {
  const limits = { ...noLimits, messagesPerSite: { count: 6, perMs: 60_000 }, messagesPerAddress: { count: 4, perMs: 60_000 } }
  const world = await startBusyWorld({ limits, trustProxy: 1 })
  const attackers = await Promise.all([1, 2, 3, 4].map(() => connect(world, { address: '203.0.113.66' })))
  const taken = await Promise.all(attackers.map((client) => flood(client, 5)))
  expect(taken.reduce((sum, each) => sum + each, 0)).toBe(4)
  const honest = await connect(world, { address: '203.0.113.7' })
  expect(await flood(honest, 2)).toBe(2)
})

it('what an earlier rate refuses costs the site nothing', async () => {
  const limits = { ...noLimits, ...narrow, messageBurst: { count: 2, perMs: 60_000 } }
  const world = await startBusyWorld({ limits })
  expect(await flood(await connect(world), 40)).toBe(2)
  expect(await flood(await connect(world), 3)).toBe(2)
})

it('an operator who answers without a cursor makes his customer known, too', async () => {
  const world = await startBusyWorld({ limits: { ...noLimits, ...narrow } })
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })
  await world.ticketFor('ann')
  const ann = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'agent' } as const
  await world.domain.chat.publish('shop', ann, { c, id: newMessageId(), k: 'text', body: { text: 'Hi' } })
  for (let n = 2; n <= 12; n++) await say(customer, { c, n, text: `text ${n}` })
})
