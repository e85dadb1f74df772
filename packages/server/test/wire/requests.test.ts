import { idPatterns } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { fields, leave } from '../domain/leave-request.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow, openConversation, say } from '../domain/wire-client.js'
import { shopOrigin, startWorld } from '../domain/world.js'

it('a request is kept once for its key: 201, then 200 with the same reference, 409 for another content', async () => {
  const world = await startWorld()
  const key = newMessageId()
  const first = await leave(world, { key })
  expect(first.status).toBe(201)
  expect(first.receipt.reference).toMatch(idPatterns.reference)
  const repeats = await Promise.all([1, 2, 3, 4, 5].map(() => leave(world, { key })))
  for (const { status, receipt } of repeats) {
    expect(status).toBe(200)
    expect({ ...receipt, token: '' }).toEqual({ ...first.receipt, token: '' })
  }
  expect((await leave(world, { key, body: { fields: { ...fields, text: 'Something else' } } })).status).toBe(409)
  expect((await world.domain.chat.inbox('shop')).requests).toHaveLength(1)
})

it('T50, T53: the same request sent five times at once is one request', async () => {
  const world = await startWorld()
  const key = newMessageId()
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => leave(world, { key })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
  expect(new Set(answers.map(({ receipt }) => receipt.reference)).size).toBe(1)
  expect(await world.db.query.selectFrom('conversation').selectAll().execute()).toHaveLength(1)
})

it('who lost the first answer gets a credential for the same visitor again', async () => {
  const world = await startWorld()
  const key = newMessageId()
  const lost = await leave(world, { key })
  const again = await leave(world, { key })
  const names = await Promise.all([lost, again].map(async ({ receipt }) => (await connect(world, { token: receipt.token })).welcome.you.id))
  expect(names[0]).toBe(names[1])
})

it('a request stands in its visitor’s conversation, and the answer is an ordinary message there', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const { status, receipt } = await leave(world, { token: customer.welcome.token })
  expect(status).toBe(201)
  expect(receipt.token).toBeUndefined()
  await follow(customer, receipt.c)

  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  const { requests, conversations } = await world.domain.chat.inbox('shop')
  expect(requests).toMatchObject([{ id: receipt.id, reference: receipt.reference, state: 'new', spam: false, fields }])
  expect(conversations).toMatchObject([{ c: receipt.c, chat: false, visitor: { name: 'Ann' }, preview: { text: fields.text } }])
  await say(operator, { c: receipt.c, n: 1, text: 'It leaves tomorrow.' })
  await customer.next('ev', ({ data }) => data?.['text'] === 'It leaves tomorrow.')
  expect((await world.domain.chat.inbox('shop')).requests[0]?.state).toBe('answered')
})

it('a second request and a chat of the same visitor share one conversation', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })
  const { token } = customer.welcome
  expect((await leave(world, { token })).receipt.c).toBe(c)
  expect((await leave(world, { token })).receipt.c).toBe(c)
  const page = await follow(customer, c)
  expect(page.events.filter(({ k }) => k === 'request')).toHaveLength(2)
})

it.each([
  ['no fields', {}, 'fields'],
  ['no way to answer', { fields: { text: 'Hello' } }, 'fields'],
  ['an address that is none', { fields: { email: 'nobody', text: 'Hello' } }, 'fields.email'],
  ['two addresses', { fields: { email: 'a@example.com, b@example.com', text: 'Hello' } }, 'fields.email'],
  ['a line break in the address', { fields: { email: 'a@example.com\r\nBcc: b@example.com', text: 'Hello' } }, 'fields.email'],
  ['no question', { fields: { email: 'ann@example.com', text: '  ' } }, 'fields.text'],
  ['a question that is too long', { fields: { email: 'ann@example.com', text: 'x'.repeat(8_001) } }, 'fields.text'],
  ['a number that is none', { fields: { phone: 'call me', text: 'Hello' } }, 'fields.phone'],
  ['an array', [], 'fields'],
  ['null', null, 'body']
])('a request with %s is refused, naming the field', async (_, body, field) => {
  const world = await startWorld()
  const { status, text } = await leave(world, { body })
  expect(status).toBe(400)
  const { error } = JSON.parse(text)
  expect(error.code).toBe('invalid')
  expect(error.fields.map((problem: { field: string }) => problem.field)).toContain(field)
  expect(await world.db.query.selectFrom('request').selectAll().execute()).toEqual([])
})

it.each(['not JSON', '{"fields":{"__proto__":{"a":1},"email":"a@b.cd","text":"x"}}', `${'['.repeat(10_000)}`])(
  'a body that cannot be read is refused (%#)',
  async (body) => {
    const world = await startWorld()
    expect((await leave(world, { body })).status).toBe(400)
  }
)

it('a body that is too large is refused in a way that the page can read', async () => {
  const world = await startWorld()
  const response = await fetch(`${world.url}/v1/requests?site=shop`, {
    method: 'POST',
    headers: { origin: shopOrigin, 'content-type': 'application/json' },
    body: 'x'.repeat(70_000)
  })
  expect(response.status).toBe(413)
  expect(response.headers.get('access-control-allow-origin')).toBe(shopOrigin)
})

it.each(['', 'abc', '550e8400-e29b-41d4-a716-446655440000'])('a request needs a key that is a UUID of version 7 (%s)', async (key) => {
  const world = await startWorld()
  expect((await leave(world, { key })).status).toBe(400)
})

it('a credential of another site is forbidden', async () => {
  const world = await startWorld()
  const { token } = (await connect(world, { site: 'other' })).welcome
  expect((await leave(world, { token })).status).toBe(403)
})

it.each([
  ['a filled honeypot', { fields, website: 'https://spam.example' }, true],
  ['haste', { fields, shownMs: 1_999 }, true],
  ['a person’s pace', { fields, shownMs: 2_000, website: '' }, false],
  ['no word about the pace', { fields }, false]
])('%s decides the mark only: the request is never hidden', async (_, body, isSpam) => {
  const world = await startWorld()
  const { status, receipt } = await leave(world, { body })
  expect(status).toBe(201)
  expect((await world.domain.chat.inbox('shop')).requests).toMatchObject([{ id: receipt.id, spam: isSpam }])
})

it('many requests from one address are marked, far too many are refused, and others are not concerned', async () => {
  const limits = { requestsPerAddress: { count: 2, perMs: 60_000 }, requestsRefusedPerAddress: { count: 3, perMs: 60_000 } }
  const world = await startWorld({ limits, trustProxy: 1 })
  const statuses = []
  for (let count = 0; count < 4; count++) statuses.push((await leave(world, { address: '203.0.113.9' })).status)
  expect(statuses).toEqual([201, 201, 201, 429])
  expect((await leave(world, { address: '203.0.113.10' })).status).toBe(201)
  const marks = (await world.domain.chat.inbox('shop')).requests.map(({ spam }) => spam)
  expect(marks.filter(Boolean)).toHaveLength(1)
})

it('query and fragment of the page are not kept', async () => {
  const world = await startWorld()
  await leave(world, { body: { fields, page: 'https://shop.example/cart?session=secret#top' } })
  const rows = await world.db.query.selectFrom('request').select('page').execute()
  expect(rows).toEqual([expect.objectContaining({ page: 'https://shop.example/cart' })])
})
