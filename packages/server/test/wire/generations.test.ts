import { closeCodes } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { createPresence } from '../../src/presence/presence.js'
import { createManualClock } from '../domain/manual-clock.js'
import { newDevice } from '../domain/new-ids.js'
import { connect, follow, openConversation, openSocket, say } from '../domain/wire-client.js'
import { ownOrigin, startWorld, temporaryDatabase } from '../domain/world.js'

it('I13: a newer connection of the same page ends the older with 4409', async () => {
  const world = await startWorld()
  const device = newDevice()
  const first = await connect(world, { device, tab: 'a' })
  const { token } = first.welcome
  const other = await connect(world, { device, tab: 'b', token })
  await connect(world, { device, tab: 'a', token })
  expect(await first.closed).toBe(closeCodes.replaced.code)
  expect(world.domain.hub.count().visitors).toBe(2)
  other.send({ t: 'ping', now: 1 })
  await other.next('pong')
})

it('I13: an older connection whose hello comes last is itself the one that goes', async () => {
  const world = await startWorld()
  const device = newDevice()
  const { token } = (await connect(world)).welcome
  const older = await openSocket(world, { device })
  const newer = await connect(world, { device, tab: 'a', token })
  older.send({ t: 'hello', v: [1, 1], device, tab: 'a', token })
  expect(await older.closed).toBe(closeCodes.replaced.code)
  expect(older.frames).toEqual([])
  newer.send({ t: 'ping', now: 1 })
  await newer.next('pong')
})

it('I13: an operator’s page that was replaced takes nothing from the one that replaced it: neither his presence nor what it follows', async () => {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const device = newDevice()
  const visitor = await connect(world)
  const c = await openConversation(visitor)
  const older = await connect(world, { ticket: await world.ticketFor('ann'), origin: ownOrigin, device, tab: 'a' })
  await follow(older, c)
  const newer = await connect(world, { ticket: await world.ticketFor('ann'), origin: ownOrigin, device, tab: 'a' })
  await follow(newer, c)
  expect(await older.closed).toBe(closeCodes.replaced.code)
  expect(world.domain.presence.leased('shop')).toMatchObject([{ id: 'ann', isSuspect: false }])
  await clock.advance(9_000)
  expect(world.domain.presence.leased('shop')).toMatchObject([{ id: 'ann', isSuspect: false }])
  await say(visitor, { c, n: 1, text: 'Hello' })
  expect(await newer.next('ev', ({ k }) => k === 'text')).toMatchObject({ c, seq: 1 })
})

it('a connection that ended before its lease began gets none, for nothing would end it', async () => {
  const clock = createManualClock()
  const durations = { leaseMs: 25_000, leftGraceMs: 8_000, lostGraceMs: 10_000, bootHoldMs: 15_000 }
  const db = await temporaryDatabase()
  const presence = await createPresence({ db, clock, durations, onFault: () => {} })
  const operator = { id: 'ann', name: 'Ann' }
  let isOver = false
  const connecting = presence.connect({ site: 'shop', operator, conn: 'x_gone' }, () => isOver)
  isOver = true
  await connecting
  expect(presence.leased('shop')).toEqual([])
  await presence.close()
})
