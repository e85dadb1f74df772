import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow, openConversation, say } from '../domain/wire-client.js'
import { startBusyWorld } from '../domain/world.js'

it('an operator who has opened more than 64 conversations learns within one ping what happened in the oldest, and gets it live again', async () => {
  const clock = createManualClock()
  const world = await startBusyWorld({ clock })
  const customer = await connect(world)
  const ann = await connect(world, { ticket: await world.ticketFor('ann') })
  const cs: string[] = []
  for (let count = 0; count < 65; count++) {
    cs.push(await openConversation(customer))
    await follow(ann, cs[count] as string)
  }
  const oldest = cs[0] as string
  await say(customer, { c: oldest, n: 1, text: 'one' })
  ann.send({ t: 'ping', now: 1 })
  await ann.next('pong')
  expect(ann.frames.some((frame) => frame.t === 'ev' && frame.c === oldest)).toBe(false)
  await clock.advance(10_000)
  expect((await ann.next('ping')).heads).toEqual({ [oldest]: 1 })

  ann.send({ t: 'fetch', rid: newMessageId(), c: oldest, from: 1 })
  expect((await ann.next('page', ({ c, head }) => c === oldest && head === 1)).events).toHaveLength(1)
  await say(customer, { c: oldest, n: 2, text: 'two' })
  expect((await ann.next('ev', ({ c }) => c === oldest)).data).toEqual({ text: 'two' })
})

it('a socket is its own session: its welcome names none', async () => {
  const { welcome } = await connect(await startBusyWorld())
  expect(welcome).not.toHaveProperty('session')
})
