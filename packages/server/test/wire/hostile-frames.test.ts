import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { newDevice } from '../domain/new-ids.js'
import { connect, openConversation, openSocket, say } from '../domain/wire-client.js'
import { startWorld } from '../domain/world.js'

const deep = `${'['.repeat(12)}${']'.repeat(12)}`
const hello = (more: object = {}): string => JSON.stringify({ t: 'hello', v: [1, 1], device: newDevice(), ...more })

const broken: readonly (readonly [string, string | Buffer, { readonly binary?: boolean }, number])[] = [
  ['a frame of 65 KiB', 'x'.repeat(66_560), {}, 4413],
  ['a frame of 1 MiB', 'x'.repeat(1_048_576), {}, 4413],
  ['a hello of 20 KiB', hello({ caps: Array.from({ length: 32 }, () => 'x'.repeat(190)), lastN: { ['x'.repeat(14_000)]: 1 } }), {}, 4413],
  ['a binary frame', Buffer.from(hello()), { binary: true }, 4400],
  ['text that is not UTF-8', Buffer.from([0xc3, 0x28, 0xff]), { binary: false }, 4400],
  ['text that is not JSON', '{"t":', {}, 4400],
  ['JSON nested too deep', `{"t":"hello","x":${deep}}`, {}, 4400],
  ['an array', '[]', {}, 4400],
  ['null', 'null', {}, 4400],
  ['a key that would reach a prototype', '{"t":"hello","__proto__":{"polluted":true}}', {}, 4400],
  ['a hello without a device', '{"t":"hello","v":[1,1]}', {}, 4400],
  ['another frame before hello', '{"t":"ping","now":1}', {}, 4400],
  ['a version that is not spoken', hello({ v: [7, 9] }), {}, 4426],
  ['an identity, which is not taken here', hello({ identity: 'a.b.c' }), {}, 4400],
  ['a ticket that was never issued', hello({ ticket: `plt_${'A'.repeat(43)}` }), {}, 4403]
]

it.each(broken)('T71: %s ends its own socket only', async (_, data, options, code) => {
  const world = await startWorld()
  const bystander = await connect(world)
  const c = await openConversation(bystander)
  const attacker = await openSocket(world)
  attacker.socket.send(data, { binary: options.binary ?? false })
  expect(await attacker.closed).toBe(code)
  expect(await say(bystander, { c, n: 1, text: 'still here' })).toMatchObject({ seq: 1 })
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

it('a second hello ends the connection', async () => {
  const world = await startWorld()
  const client = await connect(world)
  client.socket.send(hello())
  expect(await client.closed).toBe(4400)
})

it('a frame of an unknown type is answered, and the connection stays', async () => {
  const world = await startWorld()
  const client = await connect(world)
  client.send({ t: 'teleport', to: 'moon' })
  expect(await client.next('err')).toEqual({ t: 'err', code: 'unsupported', retry: 'never', ref: 'teleport' })
  client.send({ t: 'ping', now: 5 })
  expect(await client.next('pong')).toEqual({ t: 'pong', echo: 5 })
})

it('a socket that says nothing is closed after ten seconds', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const silent = await openSocket(world)
  await clock.advance(10_000)
  expect(await silent.closed).toBe(4408)
})

it('a flood of frames ends the connection, with the time to come back', async () => {
  const world = await startWorld({ limits: { framesPerConnection: { count: 20, perMs: 60_000 } } })
  const client = await connect(world)
  for (let count = 0; count < 30; count++) client.send({ t: 'ping', now: count })
  const { code, after } = await client.next('err')
  expect(code).toBe('rate_limited')
  expect(after).toBeGreaterThan(0)
  expect(await client.closed).toBe(4429)
})

it('a customer who does not answer pings is dropped within thirty seconds', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const client = await connect(world)
  await clock.advance(29_999)
  expect(client.frames.filter(({ t }) => t === 'ping').length).toBeGreaterThan(0)
  expect(world.domain.hub.count().visitors).toBe(1)
  await clock.advance(1)
  expect(world.domain.hub.count().visitors).toBe(0)
  expect(await client.closed).toBe(1006)
})

it('a newer connection of the same page replaces the older; other pages stay, up to eight', async () => {
  const world = await startWorld()
  const first = await connect(world, { tab: 'a' })
  const { device } = first
  const { token } = first.welcome
  await connect(world, { device, token, tab: 'a' })
  expect(await first.closed).toBe(4409)
  const others = []
  for (let count = 0; count < 8; count++) others.push(await connect(world, { device, token, tab: `tab ${count}` }))
  expect(world.domain.hub.count().visitors).toBe(8)
  expect(others.filter(({ socket }) => socket.readyState === 1)).toHaveLength(8)
})
