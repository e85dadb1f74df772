import type { Department } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { leave } from '../domain/leave-request.js'
import { newMessageId } from '../domain/new-ids.js'
import { setUpSite } from '../domain/set-up-site.js'
import { customer, type Stage, setStage } from '../domain/stage.js'
import { openConversation, say, type Welcomed } from '../domain/wire-client.js'

const sales: Department = { id: 'sales', name: 'Sales', operators: ['ann'] }
const care: Department = { id: 'care', name: 'Care', operators: ['bob'] }
const fields = { name: 'Cleo', email: 'cleo@example.com', text: 'Where is it?' }

/** Somebody is there for sales, nobody for care. */
async function shop(): Promise<Stage> {
  const stage = await setStage()
  await setUpSite(stage, { departments: [sales, care] })
  await stage.operator('ann', true)
  return stage
}

const revisionsOf = (client: Welcomed): number[] => [
  client.welcome.avail.rev,
  ...client.frames.flatMap((frame) => (frame.t === 'avail' ? [frame.rev] : []))
]

async function departmentsOf({ world }: Stage): Promise<readonly unknown[]> {
  const { conversations, requests } = await world.domain.chat.inbox('shop')
  return [conversations.map(({ department }) => department), requests.map(({ department }) => department)]
}

it('once there is a conversation its department tells, in every tab and whatever the next page names; each connection is told revisions that grow', async () => {
  const stage = await shop()
  const { world } = stage
  const first = await customer(world, { department: 'sales' })
  const { token } = first.welcome
  const second = await customer(world, { department: 'care', token })
  expect([first, second].map(({ welcome }) => welcome.avail.state)).toEqual(['online', 'offline'])

  const c = await openConversation(second)
  expect(await first.next('avail', ({ state }) => state === 'offline')).toMatchObject({ reason: 'no_agents' })
  await say(second, { c, n: 1, text: 'Hello' })
  const third = await customer(world, { department: 'sales', token })
  expect(third.welcome.avail.state).toBe('offline')

  const other = await openConversation(third)
  expect(await second.next('avail', ({ state }) => state === 'online')).toMatchObject({ reason: 'available' })
  await say(third, { c: other, n: 1, text: 'Sales, please' })
  for (const client of [first, second, third]) {
    const revisions = revisionsOf(client)
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
  }
})

it('a department that there is not is the whole site: in the light of a page, its chat and its request', async () => {
  const stage = await shop()
  const visitor = await customer(stage.world, { department: 'cellar' })
  expect(visitor.welcome.avail).toEqual(stage.world.domain.availability.get('shop'))
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await leave(stage.world, { body: { fields, department: 'cellar' } })
  expect(await departmentsOf(stage)).toEqual([[null, null], [null]])
})

it('a conversation is of the department that its `open` names, else of that of the hello', async () => {
  const stage = await shop()
  const visitor = await customer(stage.world, { department: 'sales' })
  for (const meta of [undefined, { department: 'care' }]) {
    const id = newMessageId()
    visitor.send({ t: 'open', id, ...(meta ? { meta } : {}) })
    const { c } = await visitor.next('ack', (ack) => ack.id === id)
    await say(visitor, { c, n: 1, text: 'Hello' })
  }
  expect((await departmentsOf(stage))[0]).toEqual(expect.arrayContaining(['sales', 'care']))
})

it('a request keeps the department that it names, else that of its conversation; the conversation that it begins is of the same', async () => {
  const stage = await shop()
  const key = newMessageId()
  const { receipt } = await leave(stage.world, { key, body: { fields, department: 'care' } })
  expect(await departmentsOf(stage)).toEqual([['care'], ['care']])
  const again = await leave(stage.world, { key, token: receipt.token, body: { fields, department: 'care' } })
  expect([again.status, again.receipt.reference]).toEqual([200, receipt.reference])
  await leave(stage.world, { token: receipt.token, body: { fields } })
  await leave(stage.world, { token: receipt.token, body: { fields, department: 'sales' } })
  const [conversations, requests] = await departmentsOf(stage)
  expect([conversations, [...(requests as string[])].sort()]).toEqual([['care'], ['care', 'care', 'sales']])
  const visitor = await customer(stage.world, { department: 'sales', token: receipt.token })
  expect(visitor.welcome.avail.state).toBe('offline')
})

it('whoever leaves a request for a department while he is connected is told who is home there from then on', async () => {
  const stage = await shop()
  const visitor = await customer(stage.world, { department: 'sales' })
  expect(visitor.welcome.avail.state).toBe('online')
  await leave(stage.world, { token: visitor.welcome.token, body: { fields, department: 'care' } })
  expect(await visitor.next('avail', ({ state }) => state === 'offline')).toMatchObject({ reason: 'no_agents' })
})

it('a chat that runs in one department does not tell its customer that somebody is there for his next one in another', async () => {
  const stage = await shop()
  const visitor = await customer(stage.world, { department: 'sales' })
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await visitor.next('ev', ({ k }) => k === 'assigned')
  const id = newMessageId()
  visitor.send({ t: 'open', id, meta: { department: 'care' } })
  const opened = await visitor.next('ack', (ack) => ack.id === id)
  expect(await visitor.next('avail', ({ state }) => state === 'offline')).toMatchObject({ reason: 'no_agents' })
  await say(visitor, { c: opened.c, n: 1, text: 'It broke' })
  expect((await stage.world.domain.chat.inbox('shop')).requests).toMatchObject([{ c: opened.c, department: 'care' }])
  await say(visitor, { c, n: 2, text: 'One more, please' })
  expect(await visitor.next('avail', ({ state }) => state === 'online')).toMatchObject({ reason: 'available' })
})
