import { expect, it } from 'vitest'
import { leave } from '../domain/leave-request.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow, openConversation, say } from '../domain/wire-client.js'
import { startBusyWorld, startWorld, type World } from '../domain/world.js'

const inbox = (world: World) => world.domain.chat.inbox('shop')

it('T48: a text that finds nobody is one request: with its reference in the log, live and after a reload', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const { seq } = await say(customer, { c, n: 1, text: 'Is anybody there?' })
  const told = await customer.next('ev', ({ k }) => k === 'converted')
  const { requests, conversations } = await inbox(world)
  expect(requests).toMatchObject([{ c, seq, state: 'new', spam: false, fields: { text: 'Is anybody there?' } }])
  expect(told).toMatchObject({ c, seq: seq + 1, by: { role: 'system' }, data: { request: requests[0]?.id, reference: requests[0]?.reference } })
  expect(conversations).toMatchObject([{ c, chat: false, preview: { text: 'Is anybody there?' } }])

  const again = await connect(world, { token: customer.welcome.token })
  const { events } = await follow(again, c)
  expect(events.map(({ k, data }) => [k, data])).toEqual([
    ['text', { text: 'Is anybody there?' }],
    ['converted', told.data]
  ])
})

it('the row reaches an operator’s open list', async () => {
  const world = await startWorld()
  const ann = await connect(world, { ticket: await world.ticketFor('ann') })
  await follow(ann, 'inbox:shop')
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Is anybody there?' })
  const { data } = await ann.next('ev', ({ k }) => k === 'request.changed')
  expect(data).toMatchObject({ c, state: 'new', fields: { text: 'Is anybody there?' } })
})

it('sent again, alone or five times at once, it stays one text and one request', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const id = newMessageId()
  for (let count = 0; count < 5; count++) customer.send({ t: 'pub', c, id, n: 1, k: 'text', body: { text: 'Hello?' } })
  await say(customer, { c, n: 1, id, text: 'Hello?' })
  const { events } = await follow(customer, c)
  expect(events.map(({ k }) => k)).toEqual(['text', 'converted'])
  expect((await inbox(world)).requests).toHaveLength(1)
})

it('what is written after it belongs to it, until somebody answers', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello?' })
  await say(customer, { c, n: 2, text: 'It is about parcel 4711' })
  expect((await inbox(world)).requests).toHaveLength(1)

  const ann = await connect(world, { ticket: await world.ticketFor('ann') })
  await follow(ann, c)
  await say(ann, { c, n: 1, text: 'It left today' })
  expect((await inbox(world)).requests).toMatchObject([{ state: 'answered' }])
  await say(customer, { c, n: 3, text: 'And the other one?' })
  const states = (await inbox(world)).requests.map(({ state, fields }) => `${state} ${fields.text}`)
  expect(states.sort()).toEqual(['answered Hello?', 'new And the other one?'])
})

it('a text after a form that waits for its answer makes no second request', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const { receipt } = await leave(world, { token: customer.welcome.token })
  await say(customer, { c: receipt.c, n: 1, text: 'One more thing' })
  expect((await inbox(world)).requests.map(({ id }) => id)).toEqual([receipt.id])
})

it('a text that waits for an operator without room is a chat, and so is one in a chat that runs', async () => {
  const busy = await startBusyWorld()
  const waiting = await connect(busy)
  await say(waiting, { c: await openConversation(waiting), n: 1, text: 'Hello' })
  expect(await inbox(busy)).toMatchObject({ requests: [], conversations: [{ chat: true }] })

  const world = await startWorld()
  await connect(world, { ticket: await world.ticketFor('ann') })
  await world.domain.presence.setAvailable('ann', true)
  const talking = await connect(world)
  const c = await openConversation(talking)
  await say(talking, { c, n: 1, text: 'Hello' })
  await world.domain.presence.setAvailable('ann', false)
  await say(talking, { c, n: 2, text: 'Still there?' })
  expect((await inbox(world)).requests).toEqual([])
})

it('T47: the text that meets the end of the last lease is converted, also before anybody is told that the light is out', async () => {
  const world = await startWorld({ durations: { downDelayMs: 60_000 } })
  await connect(world, { ticket: await world.ticketFor('ann') })
  await world.domain.presence.setAvailable('ann', true)
  const customer = await connect(world)
  expect(customer.welcome.avail.state).toBe('online')
  const c = await openConversation(customer)
  world.domain.hub.dropOperator('ann')
  await say(customer, { c, n: 1, text: 'Hello?' })
  await customer.next('ev', ({ k }) => k === 'converted')
  expect(customer.frames.some((frame) => frame.t === 'avail' && frame.state === 'offline')).toBe(false)
})

it('texts count as forms do: above the rate of an address they are marked, and kept', async () => {
  const world = await startWorld({ limits: { requestsPerAddress: { count: 1, perMs: 60_000 } }, trustProxy: 1 })
  for (let count = 0; count < 2; count++) {
    const customer = await connect(world, { address: '203.0.113.9' })
    await say(customer, { c: await openConversation(customer), n: 1, text: 'Cheap watches' })
  }
  const marks = (await inbox(world)).requests.map(({ spam }) => spam)
  expect(marks.sort()).toEqual([false, true])
})
