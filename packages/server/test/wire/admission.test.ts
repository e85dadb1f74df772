import { closeCodes } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { connect, openConversation, openSocket, say } from '../domain/wire-client.js'
import { noLimits, shopOrigin, startWorld, type World } from '../domain/world.js'

/** Says a hello that is sent away, and tells the wait. */
async function sentAway(world: World): Promise<number> {
  const client = await openSocket(world)
  client.send({ t: 'hello', v: [1, 1], device: client.device })
  const error = await client.next('err')
  expect(error).toMatchObject({ code: 'busy', retry: 'later', after: expect.any(Number) })
  expect(await client.closed).toBe(closeCodes.busy.code)
  return error.after as number
}

const narrow = { ...noLimits, hellos: { count: 2, perMs: 10_000 } }

it('T28: a hello above the rate is told when to come back, each later than the one before; who comes back then is let in', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock, limits: narrow })
  const inside = await connect(world)
  await connect(world)
  const waits = [await sentAway(world), await sentAway(world), await sentAway(world)]
  expect(waits).toEqual([5_000, 10_000, 15_000])
  const c = await openConversation(inside)
  expect(await say(inside, { c, n: 1, text: 'I am in' })).toMatchObject({ seq: 1 })
  expect(await world.db.query.selectFrom('visitor').select('id').execute()).toHaveLength(2)
  await clock.jump(5_000)
  await connect(world)
})

it('a session over HTTP passes the same door, with the wait in the answer', async () => {
  const world = await startWorld({ limits: { ...noLimits, hellos: { count: 1, perMs: 60_000 } } })
  await connect(world)
  const answer = await fetch(`${world.url}/v1/frames?site=shop`, {
    method: 'POST',
    headers: { origin: shopOrigin, 'content-type': 'text/plain' },
    body: JSON.stringify([{ t: 'hello', v: [1, 1], device: 'A'.repeat(22) }])
  })
  expect(answer.status).toBe(503)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(50)
  expect(await answer.json()).toMatchObject({ error: { code: 'busy' } })
})

it('a server whose event loop is late lets nobody in until it is not, and keeps those who are', async () => {
  let isLate = false
  const world = await startWorld({ vitals: { isLate: () => isLate, isMemoryShort: () => false, stop: () => {} } })
  const inside = await connect(world)
  isLate = true
  expect(await sentAway(world)).toBe(5_000)
  const c = await openConversation(inside)
  expect(await say(inside, { c, n: 1, text: 'still here' })).toMatchObject({ seq: 1 })
  isLate = false
  await connect(world)
})

it('a server whose memory is short closes a new socket before it says anything', async () => {
  let isMemoryShort = true
  const world = await startWorld({ vitals: { isLate: () => false, isMemoryShort: () => isMemoryShort, stop: () => {} } })
  const client = await openSocket(world)
  expect(await client.next('err')).toMatchObject({ code: 'busy', after: 5_000 })
  expect(await client.closed).toBe(closeCodes.busy.code)
  isMemoryShort = false
  await connect(world)
})
