import { idPatterns } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { newDevice } from '../domain/new-ids.js'
import { connect, openConversation, openSocket, say } from '../domain/wire-client.js'
import { ownOrigin, shopOrigin, startWorld } from '../domain/world.js'

const dayMs = 86_400_000
const chosen = `plv_${'A'.repeat(43)}`

it('a credential is made by the server, and only its hash is stored', async () => {
  const world = await startWorld()
  const { welcome } = await connect(world)
  expect(welcome.token).toMatch(idPatterns.visitorToken)
  const rows = await world.db.query.selectFrom('visitor_token').selectAll().execute()
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(welcome.token)
})

it.each([chosen, 'plv_short', 'x'.repeat(500), ''])('a chosen credential is replaced by a new visitor, never adopted (%s)', async (token) => {
  const world = await startWorld()
  const { welcome } = await connect(world, { token })
  expect(welcome.token).toMatch(idPatterns.visitorToken)
  expect(welcome.token).not.toBe(token)
  const again = await connect(world, { token })
  expect(again.welcome.you.id).not.toBe(welcome.you.id)
})

it('a good credential names the same visitor, and is not sent again', async () => {
  const world = await startWorld()
  const first = await connect(world)
  const again = await connect(world, { token: first.welcome.token })
  expect(again.welcome.you).toEqual(first.welcome.you)
  expect(again.welcome.token).toBeUndefined()
})

it('a credential of another site is forbidden', async () => {
  const world = await startWorld()
  const { welcome } = await connect(world, { site: 'other' })
  const client = await openSocket(world, { site: 'shop' })
  client.send({ t: 'hello', v: [1, 1], device: newDevice(), token: welcome.token })
  expect(await client.next('err')).toMatchObject({ code: 'forbidden' })
  expect(await client.closed).toBe(4403)
})

it('a credential ends thirty days after its last use, and 180 days after it was made', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const { token, you } = (await connect(world)).welcome
  const nameOfVisitor = async (): Promise<string> => {
    const client = await connect(world, { token })
    client.close()
    return client.welcome.you.id
  }
  for (let month = 1; month <= 6; month++) {
    await clock.jump(29 * dayMs)
    expect(await nameOfVisitor()).toBe(you.id)
  }
  await clock.jump(7 * dayMs)
  expect(await nameOfVisitor()).not.toBe(you.id)

  const idle = (await connect(world)).welcome
  await clock.jump(30 * dayMs)
  expect((await connect(world, { token: idle.token })).welcome.you.id).not.toBe(idle.you.id)
})

it('the credential of somebody else does not renew a connection', async () => {
  const world = await startWorld()
  const other = await connect(world)
  const client = await connect(world)
  client.send({ t: 'auth', token: client.welcome.token })
  expect((await client.next('authok')).exp_in).toBeGreaterThan(29 * dayMs)
  client.send({ t: 'auth', token: other.welcome.token })
  expect(await client.closed).toBe(4401)
})

it('a ticket opens one operator socket, from the console only', async () => {
  const world = await startWorld()
  const ticket = await world.ticketFor('ann')
  const foreign = await openSocket(world, { origin: shopOrigin })
  foreign.send({ t: 'hello', v: [1, 1], device: newDevice(), ticket })
  expect(await foreign.closed).toBe(4403)

  const { welcome } = await connect(world, { ticket })
  expect(welcome.you).toEqual({ id: 'ann', name: 'ann', verified: true })
  expect(welcome.hb).toEqual({ every: 10_000, grace: 5_000 })
  const reuse = await openSocket(world, { origin: ownOrigin })
  reuse.send({ t: 'hello', v: [1, 1], device: newDevice(), ticket })
  expect(await reuse.closed).toBe(4401)
})

it('an operator’s rights end with his sockets: those of one sign-in, or all', async () => {
  const world = await startWorld()
  const ticket = (session: string) => world.ticketFor('ann', { session })
  const laptop = await connect(world, { ticket: await ticket('laptop') })
  const phone = await connect(world, { ticket: await ticket('phone') })
  world.domain.hub.dropSession('laptop')
  expect(await laptop.closed).toBe(4401)
  phone.send({ t: 'ping', now: 1 })
  await phone.next('pong')
  world.domain.hub.dropOperator('ann')
  expect(await phone.closed).toBe(4401)
  expect(world.domain.presence.isLive('shop', 'ann')).toBe(false)
})

it('a viewer is welcome, does not count as leased, and may not publish', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })
  const viewer = await connect(world, { ticket: await world.ticketFor('vic', { role: 'viewer' }) })
  viewer.send({ t: 'pub', c, id: '0190b3a0-0000-7000-8000-000000000000', n: 1, k: 'text', body: { text: 'Hi' } })
  expect(await viewer.next('nack')).toMatchObject({ code: 'forbidden', retry: 'never' })
  expect(world.domain.presence.leased('shop')).toEqual([])
})
