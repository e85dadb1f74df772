import { expect, it } from 'vitest'
import { leave } from '../domain/leave-request.js'
import { newDevice, newMessageId } from '../domain/new-ids.js'
import { connect, openConversation, openSocket, say } from '../domain/wire-client.js'
import { shopOrigin, startWorld, type World } from '../domain/world.js'

interface Call {
  readonly token?: string | undefined
  readonly site?: string
  readonly origin?: string
}

const forget = (world: World, { token, site = 'shop', origin = shopOrigin }: Call): Promise<Response> =>
  fetch(`${world.url}/v1/session?site=${site}`, {
    method: 'DELETE',
    headers: { origin, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
  })

it('a visitor who ends his credential is cut off in every tab, and is nobody any more; others stay', async () => {
  const world = await startWorld()
  const first = await connect(world, { tab: 'a' })
  const { token, you } = first.welcome
  const second = await connect(world, { token, tab: 'b' })
  const other = await connect(world)
  const c = await openConversation(first)
  await say(first, { c, n: 1, text: 'between us' })

  const answer = await forget(world, { token })
  expect([answer.status, await answer.text(), answer.headers.get('access-control-allow-origin')]).toEqual([204, '', shopOrigin])
  expect(await Promise.all([first.closed, second.closed])).toEqual([4401, 4401])

  const again = await connect(world, { token, subs: [{ c, epoch: world.db.epoch, have: 0 }] })
  expect(again.welcome.you.id).not.toBe(you.id)
  expect(again.welcome).toMatchObject({ subs: [], conversations: [] })
  expect((await leave(world, { token })).receipt.c).not.toBe(c)
  other.send({ t: 'ping', now: 1 })
  await other.next('pong')
})

it('it ends polling, and what a repeated request gave', async () => {
  const world = await startWorld()
  const key = newMessageId()
  const [one, two] = [await leave(world, { key }), await leave(world, { key })]
  const frames = await fetch(`${world.url}/v1/frames?site=shop`, {
    method: 'POST',
    headers: { origin: shopOrigin, 'content-type': 'application/json' },
    body: JSON.stringify([{ t: 'hello', v: [1, 1], device: newDevice(), token: two.receipt.token }])
  })
  const [{ session }] = (await frames.json()) as [{ session: string }]
  expect((await forget(world, { token: one.receipt.token })).status).toBe(204)
  const poll = await fetch(`${world.url}/v1/poll?site=shop&wait=0`, { headers: { origin: shopOrigin, authorization: `Bearer ${session}` } })
  expect(poll.status).toBe(401)
  const repeated = await leave(world, { key })
  expect(repeated.status).toBe(200)
  expect(repeated.receipt.token).toBeUndefined()
})

it('said again, or about nobody, it is the same answer; without a credential, with another site’s, from another page it is refused', async () => {
  const world = await startWorld()
  const { token } = (await connect(world)).welcome
  const foreign = (await connect(world, { site: 'other' })).welcome.token
  const statusOf = async (call: Call): Promise<number> => (await forget(world, call)).status
  expect([await statusOf({ token }), await statusOf({ token }), await statusOf({ token: 'made-up' })]).toEqual([204, 204, 204])
  expect(await statusOf({})).toBe(401)
  expect(await statusOf({ token: foreign })).toBe(403)
  expect(await statusOf({ token: foreign, site: 'other', origin: 'https://evil.example' })).toBe(403)
  expect((await connect(world, { site: 'other', token: foreign })).welcome.token).toBeUndefined()
})

it('browsers are told that pages of the site may ask', async () => {
  const world = await startWorld()
  const answer = await fetch(`${world.url}/v1/session?site=shop`, { method: 'OPTIONS', headers: { origin: shopOrigin } })
  expect([answer.status, answer.headers.get('access-control-allow-methods')]).toEqual([204, 'DELETE'])
})

it('a hello that is being answered when the credential ends does not stay', async () => {
  const world = await startWorld()
  for (let round = 0; round < 25; round++) {
    const { token, you } = (await connect(world)).welcome
    const late = await openSocket(world)
    late.send({ t: 'hello', v: [1, 1], device: newDevice(), token })
    for (let turn = 0; turn < round; turn++) await new Promise(setImmediate)
    await forget(world, { token })
    const welcome = await late.next('welcome').catch(() => undefined)
    if (welcome === undefined || welcome.you.id === you.id) expect(await late.closed).toBe(4401)
  }
})

it('an operator whose sign-in ended while his ticket was redeemed is not let in', async () => {
  const world = await startWorld({ isStillHeld: async () => false })
  await expect(connect(world, { ticket: await world.ticketFor('ann') })).rejects.toThrow('closed with 4401')
  expect(world.domain.hub.count().operators).toBe(0)
  expect(world.domain.presence.leased('shop')).toEqual([])
})
