import { expect, it } from 'vitest'
import { newDevice, newMessageId } from '../domain/new-ids.js'
import { connect, openSocket } from '../domain/wire-client.js'
import { startWorld } from '../domain/world.js'

it('T74: a client that also speaks versions of the future is welcomed in the one both know, whatever else it says', async () => {
  const world = await startWorld()
  const client = await openSocket(world)
  client.send({ t: 'hello', v: [1, 9], device: newDevice(), caps: ['of', 'the', 'future'], mood: 'sunny' })
  expect(await client.next('welcome')).toMatchObject({ v: 1 })
  const id = newMessageId()
  client.send({ t: 'open', id, colour: 'blue' })
  const { c } = await client.next('ack')
  client.send({ t: 'pub', c, id: newMessageId(), n: 1, k: 'text', body: { text: 'hello', mood: 'sunny' }, priority: 9 })
  expect(await client.next('ack', (ack) => ack.id !== id)).toMatchObject({ c })
  client.send({ t: 'teleport', to: 'moon' })
  expect(await client.next('err')).toMatchObject({ code: 'unsupported', retry: 'never' })
})

it('T74: a client that speaks only newer versions is sent away with 4426 and a word that trying again is in vain', async () => {
  const world = await startWorld()
  const client = await openSocket(world)
  client.send({ t: 'hello', v: [2, 9], device: newDevice() })
  expect(await client.next('err')).toMatchObject({ code: 'version', retry: 'never' })
  expect(await client.closed).toBe(4426)
  expect((await connect(world)).welcome.v).toBe(1)
})
