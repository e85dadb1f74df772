import type { ServerFrame, WelcomeFrame } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { newDevice, newMessageId } from '../domain/new-ids.js'
import { connect, follow, say } from '../domain/wire-client.js'
import { ownOrigin, shopOrigin, startBusyWorld, startWorld, type World } from '../domain/world.js'

interface Poller {
  readonly welcome: WelcomeFrame
  readonly post: (...frames: object[]) => Promise<ServerFrame[]>
  readonly poll: (waitMs?: number) => Promise<ServerFrame[]>
}

async function call(world: World, path: string, init: RequestInit): Promise<ServerFrame[]> {
  const response = await fetch(`${world.url}/v1/${path}`, init)
  if (!response.ok) throw new Error(`refused with ${response.status}`)
  return (await response.json()) as ServerFrame[]
}

async function startPolling(
  world: World,
  hello: { readonly token?: string; readonly ticket?: string } = {},
  type = 'application/json'
): Promise<Poller> {
  const origin = hello.ticket ? ownOrigin : shopOrigin
  const first = JSON.stringify([{ t: 'hello', v: [1, 1], device: newDevice(), ...hello }])
  const [welcome] = (await call(world, 'frames?site=shop', { method: 'POST', headers: { origin, 'content-type': type }, body: first })) as [
    WelcomeFrame
  ]
  const headers = { origin, 'content-type': 'application/json', authorization: `Bearer ${welcome.session}` }
  return {
    welcome,
    post: (...frames) => call(world, 'frames?site=shop', { method: 'POST', headers, body: JSON.stringify(frames) }),
    poll: (waitMs = 0) => call(world, `poll?site=shop&wait=${waitMs}`, { headers })
  }
}

const one = <T extends ServerFrame['t']>(frames: readonly ServerFrame[], t: T): Extract<ServerFrame, { t: T }> | undefined =>
  frames.find((frame) => frame.t === t) as never

it('a conversation over HTTP is the same conversation: acks, answers, order, numbers', async () => {
  const world = await startBusyWorld()
  const customer = await startPolling(world)
  const c = one(await customer.post({ t: 'open', id: newMessageId() }), 'ack')?.c as string
  const [first, second] = [newMessageId(), newMessageId()]
  const pub = (id: string, n: number) => ({ t: 'pub', c, id, n, k: 'text', body: { text: `message ${n}` } })
  const answers = await customer.post({ t: 'fetch', rid: 'r', c, from: 1, sub: true }, pub(first, 1), pub(second, 2))
  expect(answers.filter(({ t }) => t === 'ack')).toMatchObject([
    { id: first, seq: 1 },
    { id: second, seq: 2 }
  ])
  expect(one(await customer.post(pub(first, 1)), 'ack')).toMatchObject({ id: first, seq: 1, dup: true })

  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  await follow(operator, c)
  await customer.poll()
  const waiting = customer.poll(20_000)
  await say(operator, { c, n: 1, text: 'Hello over there' })
  const heard = [...(await waiting), ...(await customer.poll())]
  expect(heard.some((frame) => frame.t === 'ev' && frame.data?.['text'] === 'Hello over there')).toBe(true)
})

it('T24: changing from HTTP to a socket in the middle loses and doubles nothing', async () => {
  const world = await startBusyWorld()
  const customer = await startPolling(world)
  const device = newDevice()
  const c = one(await customer.post({ t: 'open', id: newMessageId() }), 'ack')?.c as string
  const id = newMessageId()
  await customer.post({ t: 'pub', c, id, n: 1, k: 'text', body: { text: 'one' } })
  const socket = await connect(world, { token: customer.welcome.token, device })
  expect(await say(socket, { c, n: 1, id, text: 'one' })).toMatchObject({ seq: 1, dup: true })
  expect(await say(socket, { c, n: 1, text: 'two' })).toMatchObject({ seq: 2 })
})

it('a page that goes away says hello and its last texts in one plain-text call', async () => {
  const world = await startWorld()
  const customer = await startPolling(world)
  const c = one(await customer.post({ t: 'open', id: newMessageId() }), 'ack')?.c as string
  const frames = [
    { t: 'hello', v: [1, 1], device: newDevice(), token: customer.welcome.token },
    { t: 'pub', c, id: newMessageId(), n: 1, k: 'text', body: { text: 'last words' } }
  ]
  const answers = await call(world, 'frames?site=shop', {
    method: 'POST',
    headers: { origin: shopOrigin, 'content-type': 'text/plain' },
    body: JSON.stringify(frames)
  })
  expect(answers.map(({ t }) => t)).toEqual(['welcome', 'ack'])
})

it('a session ends when nobody asks for it any more', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const customer = await startPolling(world)
  await clock.advance(20_000)
  expect(one(await customer.poll(), 'ping')).toBeDefined()
  await clock.advance(20_000)
  await customer.poll()
  await clock.advance(30_000)
  await expect(customer.poll()).rejects.toThrow('refused with 401')
  expect(world.domain.hub.count().visitors).toBe(0)
})

it('a poll that waits keeps the session, and an operator’s lease, alive', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const operator = await startPolling(world, { ticket: await world.ticketFor('ann') })
  for (let round = 0; round < 6; round++) {
    const arrival = world.arrival()
    const waiting = operator.poll(25_000)
    await arrival
    await clock.advance(0)
    await clock.advance(10_000)
    expect((await waiting).length).toBeGreaterThan(0)
  }
  expect(world.domain.presence.leased('shop')).toMatchObject([{ id: 'ann', isSuspect: false }])
})

it('an unknown session, and a session of another site, are refused', async () => {
  const world = await startWorld()
  const { welcome } = await startPolling(world)
  const poll = (site: string, session: string) =>
    fetch(`${world.url}/v1/poll?site=${site}&wait=0`, { headers: { origin: shopOrigin, authorization: `Bearer ${session}` } })
  expect((await poll('shop', `pls_${'A'.repeat(43)}`)).status).toBe(401)
  expect((await poll('other', welcome.session ?? '')).status).toBe(403)
  expect((await poll('shop', welcome.session ?? '')).status).toBe(200)
})

it.each([
  ['an object', '{}', 400],
  ['65 frames', JSON.stringify(Array.from({ length: 65 }, () => ({ t: 'ping', now: 1 }))), 413],
  ['no hello', '[{"t":"ping","now":1}]', 400],
  ['another version', `[{"t":"hello","v":[8,9],"device":"${'A'.repeat(22)}"}]`, 426],
  ['a bad ticket', `[{"t":"hello","v":[1,1],"device":"${'A'.repeat(22)}","ticket":"plt_${'A'.repeat(43)}"}]`, 403]
])('a call that begins with %s is refused', async (_, body, status) => {
  const world = await startWorld()
  const response = await fetch(`${world.url}/v1/frames?site=shop`, {
    method: 'POST',
    headers: { origin: shopOrigin, 'content-type': 'application/json' },
    body
  })
  expect(response.status).toBe(status)
  expect(await response.json()).toHaveProperty('error.code')
})

it('I8, T43: an operator whose console falls silent over HTTP is home for nobody 30 s after its last call', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const operator = await startPolling(world, { ticket: await world.ticketFor('ann') })
  await world.domain.presence.setAvailable('ann', true)
  const state = () => world.domain.availability.get('shop').state
  await clock.advance(0)
  // Whatever waits would be the answer to the last call, which is to wait itself.
  await operator.poll()
  await clock.advance(10_050)
  await operator.poll()
  const lastCallMs = clock.now()
  const arrival = world.arrival()
  const last = operator.poll(25_000)
  await arrival
  await clock.advance(0)
  expect(state()).toBe('online')
  while (state() === 'online' && clock.now() < lastCallMs + 60_000) await clock.advance(500)
  await last
  expect(clock.now() - lastCallMs).toBeLessThanOrEqual(30_000)
})
