import { expect, it } from 'vitest'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow, isAllAnswered, openConversation, say, textsOf } from '../domain/wire-client.js'
import { startBusyWorld, startWorld, temporaryPath } from '../domain/world.js'

it('a customer and an operator read the same log in the same order', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })

  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  await follow(operator, c)
  await say(operator, { c, n: 1, text: 'Good morning' })
  const heard = await customer.next('ev', ({ data }) => data?.['text'] === 'Good morning')
  expect(heard.by).toEqual({ role: 'agent', id: 'ann', name: 'ann' })

  expect(await textsOf(customer, c)).toEqual(['Hello', 'Good morning'])
  expect(await textsOf(operator, c)).toEqual(['Hello', 'Good morning'])
})

it('sending the same id twice stores one message and gives the first answer again', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const id = newMessageId()
  const first = await say(customer, { c, n: 1, id, text: 'once' })
  const again = await say(customer, { c, n: 1, id, text: 'once' })
  expect(again).toEqual({ ...first, dup: true })
  expect(await textsOf(customer, c)).toEqual(['once'])
})

it('a restart keeps conversations, numbers and credentials', async () => {
  const path = temporaryPath()
  const before = await startBusyWorld({ path })
  const customer = await connect(before)
  const c = await openConversation(customer)
  const { seq, epoch } = await say(customer, { c, n: 1, text: 'before' })
  await before.close()

  const after = await startBusyWorld({ path })
  const subs = [{ c, epoch, have: seq }]
  const again = await connect(after, { token: customer.welcome.token, device: customer.device, subs })
  expect(again.welcome.you).toEqual(customer.welcome.you)
  expect(again.welcome.subs).toMatchObject([{ c, epoch, head: seq, lastN: 1, events: [], more: false }])
  expect(again.welcome.conversations?.map((conversation) => conversation.c)).toEqual([c])
  expect(await say(again, { c, n: 2, text: 'after' })).toMatchObject({ seq: seq + 1 })
})

it('T23: who comes back while others write gets each event once: in the welcome, or after it', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const { epoch } = await say(customer, { c, n: 1, text: 'message 1' })
  const { token } = customer.welcome
  const writing = (async () => {
    for (let n = 2; n <= 40; n++) await say(customer, { c, n, text: `message ${n}` })
  })()
  const others = await Promise.all([1, 0, 1, 0].map((have) => connect(world, { token, subs: [{ c, epoch, have }] })))
  await writing
  for (const [index, other] of others.entries()) {
    const { seq } = await other.next('ev', ({ data }) => data?.['text'] === 'message 40')
    const welcomed = other.welcome.subs[0]?.events ?? []
    const later = other.frames.flatMap((frame) => (frame.t === 'ev' ? [frame] : []))
    const first = index % 2 === 0 ? 2 : 1
    expect([...welcomed, ...later].map((event) => event.seq)).toEqual(Array.from({ length: seq - first + 1 }, (_, place) => first + place))
  }
})

it('a log of another epoch, or one that is ahead, is given again from its beginning', async () => {
  const world = await startBusyWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const { epoch } = await say(customer, { c, n: 1, text: 'Hello' })
  const { token } = customer.welcome
  for (const sub of [
    { c, epoch: 'older', have: 1 },
    { c, epoch, have: 7 }
  ]) {
    const { welcome } = await connect(world, { token, subs: [sub] })
    expect(welcome.subs).toMatchObject([{ c, epoch, reset: true, events: [{ seq: 1 }] }])
  }
  customer.send({ t: 'fetch', rid: 'r', c, epoch: 'older', from: 2 })
  expect((await customer.next('page', ({ rid }) => rid === 'r')).events).toMatchObject([{ seq: 1 }])
})

it('a long log comes in pages that fit together', async () => {
  const world = await startBusyWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  for (let n = 1; n <= 30; n++) await say(customer, { c, n, text: 'x'.repeat(n % 3 === 0 ? 7_900 : 400) })
  const seqs: number[] = []
  for (let from = 1, more = true; more; from = (seqs.at(-1) ?? 0) + 1) {
    customer.send({ t: 'fetch', rid: `from ${from}`, c, from, limit: 7 })
    const page = await customer.next('page', ({ rid }) => rid === `from ${from}`)
    expect(page.events.length).toBeLessThanOrEqual(7)
    seqs.push(...page.events.map(({ seq }) => seq))
    more = page.more
  }
  expect(seqs).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
})

it('a page holds no more than 256 KiB', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  for (let n = 1; n <= 12; n++) await say(customer, { c, n, text: 'я'.repeat(8_000) })
  for (let n = 13; n <= 24; n++) await say(customer, { c, n, text: '€'.repeat(8_000) })
  const page = await follow(customer, c)
  expect(page.more).toBe(true)
  expect(Buffer.byteLength(JSON.stringify(page.events))).toBeLessThanOrEqual(262_144)
  const { welcome } = await connect(world, { token: customer.welcome.token, subs: [{ c, epoch: page.epoch, have: 0 }] })
  expect(welcome.subs[0]?.events).toEqual(page.events)
})

it('a closed conversation opens again with the next message', async () => {
  const world = await startBusyWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'first' })
  await world.ticketFor('ann')
  const ann = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'agent' } as const
  expect(await world.domain.chat.setConversationState('shop', ann, { c, state: 'closed' })).toMatchObject({ state: 'closed', waitingSince: null })
  await say(customer, { c, n: 2, text: 'one more thing' })
  const { events } = await follow(customer, c)
  expect(events.map(({ k, data }) => [k, data?.['status'] ?? data?.['text']])).toEqual([
    ['text', 'first'],
    ['status', 'closed'],
    ['status', 'open'],
    ['text', 'one more thing']
  ])
  expect((await world.domain.chat.inbox('shop')).conversations).toMatchObject([{ c, state: 'open', chat: true }])
})

it('a note takes its number in the customer’s log and tells him nothing', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })
  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  await follow(operator, c)
  operator.send({ t: 'pub', c, id: newMessageId(), n: 1, k: 'note', body: { text: 'a difficult one' } })
  const hidden = await customer.next('ev', ({ k }) => k === 'hidden')
  expect(hidden.data).toBeUndefined()
  expect((await operator.next('ev', ({ k }) => k === 'note')).data).toEqual({ text: 'a difficult one' })
  const page = await follow(customer, c)
  expect(page.events.map(({ seq }) => seq)).toEqual(page.events.map((_, index) => index + 1))
  expect(JSON.stringify(customer.frames)).not.toContain('difficult')
})

it('operators follow a log of rows, and a snapshot fits to its head', async () => {
  const world = await startBusyWorld()
  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  // That she is here is an entry too.
  await isAllAnswered(world, operator)
  const { epoch, head } = await world.domain.chat.inbox('shop')
  operator.send({ t: 'fetch', rid: 'r', c: 'inbox:shop', from: head + 1, epoch, sub: true })
  await operator.next('page')
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Is anybody there?' })
  const row = await operator.next('ev', ({ k }) => k === 'conversation.changed')
  expect(row.seq).toBe(head + 1)
  expect(row.data).toMatchObject({ c, chat: true, state: 'open', preview: { text: 'Is anybody there?', by: 'visitor' } })
  expect((await world.domain.chat.inbox('shop')).conversations).toEqual([row.data])
})

it('positions move forward only, within the log, and are told to the other side', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })
  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  const { head } = await follow(operator, c)
  operator.send({ t: 'cur', c, delivered: 999, read: head })
  expect(await customer.next('rcpt')).toMatchObject({ c, by: { id: 'ann' }, delivered: head, read: head })
  operator.send({ t: 'cur', c, delivered: 0, read: 0 })
  await say(operator, { c, n: 1, text: 'Hi' })
  expect((await follow(customer, c)).cursors).toMatchObject([{ by: { id: 'ann' }, delivered: head, read: head }])
  expect((await world.domain.chat.inbox('shop')).conversations[0]?.read).toBe(head)
})

it('typing reaches the other side of the conversation, not the one who types', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })
  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  await follow(operator, c)
  customer.send({ t: 'typing', c, on: true })
  expect(await operator.next('typing')).toMatchObject({ c, on: true, by: { role: 'visitor' }, ttl: 6_000 })
  await say(customer, { c, n: 2, text: 'you' })
  expect(customer.frames.some(({ t }) => t === 'typing')).toBe(false)
})
