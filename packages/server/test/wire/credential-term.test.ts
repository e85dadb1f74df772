import { expect, it } from 'vitest'
import { createManualClock, type ManualClock } from '../domain/manual-clock.js'
import { newMessageId } from '../domain/new-ids.js'
import { answerPings } from '../domain/stage.js'
import { connect, openConversation, say, textsOf, type Welcomed } from '../domain/wire-client.js'
import { startBusyWorld } from '../domain/world.js'

const dayMs = 86_400_000
const minuteMs = 60_000

/** A visitor whose connection stands until the last minute of his credential. */
async function lastMinute(): Promise<{ readonly clock: ManualClock; readonly client: Welcomed; readonly c: string }> {
  const clock = createManualClock()
  const world = await startBusyWorld({ clock })
  const client = await connect(world)
  answerPings(client)
  const c = await openConversation(client)
  await clock.jump(30 * dayMs - minuteMs)
  return { clock, client, c }
}

it('T54: who is told that his credential ends in a minute has half a minute more, is then refused, and goes on where he was once he has renewed it', async () => {
  const { clock, client, c } = await lastMinute()
  expect(await client.next('err')).toMatchObject({ code: 'auth_expired', retry: 'auth', after: minuteMs })
  await clock.advance(minuteMs + 29_000)
  await say(client, { c, n: 1, text: 'still honoured' })
  await clock.advance(1_000)
  const id = newMessageId()
  const late = { t: 'pub', c, id, n: 2, k: 'text', body: { text: 'too late' } }
  client.send(late)
  expect(await client.next('nack')).toMatchObject({ id, code: 'auth_expired', retry: 'auth' })

  client.send({ t: 'auth', token: client.welcome.token })
  expect((await client.next('authok')).exp_in).toBeGreaterThan(29 * dayMs)
  client.send(late)
  await client.next('ack', (ack) => ack.id === id)
  expect(await textsOf(client, c)).toEqual(['still honoured', 'too late'])
  await clock.advance(5 * minuteMs)
  await say(client, { c, n: 3, text: 'and later' })
})

it('T54: a connection whose credential nobody renews ends with 4401, forty seconds after it', async () => {
  const { clock, client } = await lastMinute()
  await clock.advance(minuteMs + 39_000)
  client.send({ t: 'ping', now: 1 })
  await client.next('pong', ({ echo }) => echo === 1)
  await clock.advance(1_000)
  expect(await client.closed).toBe(4401)
})

it('a credential that was renewed in time ends nothing', async () => {
  const { clock, client, c } = await lastMinute()
  client.send({ t: 'auth', token: client.welcome.token })
  await client.next('authok')
  await clock.advance(5 * minuteMs)
  await say(client, { c, n: 1, text: 'Hello' })
})
