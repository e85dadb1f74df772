import { expect, it } from 'vitest'
import { newDevice } from '../domain/new-ids.js'
import { connect, openConversation, openSocket, say } from '../domain/wire-client.js'
import { ownOrigin, startWorld } from '../domain/world.js'

it('T56: an operator who lost the site while away is told nothing of it when he comes back with what he followed', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'before' })
  const ann = await connect(world, { ticket: await world.ticketFor('ann'), subs: [{ c, epoch: '', have: 0 }] })
  const [sub] = ann.welcome.subs
  expect(sub?.events.some(({ data }) => data?.['text'] === 'before')).toBe(true)
  ann.close()
  await ann.closed

  await say(customer, { c, n: 2, text: 'while she was away' })
  const subs = [{ c, epoch: sub?.epoch as string, have: sub?.head as number }]
  const elsewhere = await connect(world, { site: 'other', ticket: await world.ticketFor('ann', { site: 'other' }), subs })
  expect(elsewhere.welcome.subs).toEqual([])
  await say(customer, { c, n: 3, text: 'and later' })
  elsewhere.send({ t: 'ping', now: 1 })
  await elsewhere.next('pong')
  expect(JSON.stringify(elsewhere.frames)).not.toMatch(/while she was away|and later/)
})

it('T56: a visitor whose credential ended while he was away is nobody: what he followed is not replayed to his page', async () => {
  const world = await startWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  const { epoch, seq } = await say(customer, { c, n: 1, text: 'before' })
  const token = customer.welcome.token as string
  customer.close()
  await customer.closed
  await fetch(`${world.url}/v1/session?site=shop`, {
    method: 'DELETE',
    headers: { origin: 'https://shop.example', authorization: `Bearer ${token}` }
  })

  const stranger = await openSocket(world)
  stranger.send({ t: 'hello', v: [1, 1], device: newDevice(), token, subs: [{ c, epoch, have: seq - 1 }] })
  const answer = await Promise.race([stranger.next('welcome').then((welcome) => welcome.subs), stranger.closed])
  expect([[], 4401]).toContainEqual(answer)
  expect(JSON.stringify(stranger.frames)).not.toContain('before')
})

it('T56: a site of its own is needed to be let in: a ticket of another site opens no socket here', async () => {
  const world = await startWorld()
  const stranger = await openSocket(world, { origin: ownOrigin })
  stranger.send({ t: 'hello', v: [1, 1], device: newDevice(), ticket: await world.ticketFor('ann', { site: 'other' }) })
  expect(await stranger.closed).toBe(4401)
})
