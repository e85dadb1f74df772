import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { answerPings, customer, gone, setStage } from '../domain/stage.js'
import { connect, follow, openConversation, say } from '../domain/wire-client.js'
import { temporaryPath } from '../domain/world.js'

it('nobody leased is offline; leased but not available is away; available is online', async () => {
  const { world, clock, state, operator } = await setStage()
  expect(state()).toBe('offline no_agents')
  await operator('ann')
  expect(state()).toBe('away not_available')
  await world.domain.presence.setAvailable('ann', true)
  await clock.advance(0)
  expect(state()).toBe('online available')
})

it('going up is told at once, going down after a second, several changes as one', async () => {
  const { world, clock, state, operator } = await setStage()
  const visitor = await customer(world)
  await operator('ann', true)
  expect(await visitor.next('avail', ({ state }) => state === 'online')).toMatchObject({ reason: 'available' })
  await world.domain.presence.setAvailable('ann', false)
  await clock.advance(999)
  expect(state()).toBe('online available')
  await world.domain.presence.setAvailable('ann', true)
  await clock.advance(5_000)
  expect(visitor.frames.filter(({ t }) => t === 'avail').length).toBeLessThanOrEqual(2)
  await world.domain.presence.setAvailable('ann', false)
  await clock.advance(2_000)
  expect(state()).toBe('away not_available')
  const told = [await visitor.next('avail', ({ state }) => state === 'away')]
  expect(told).toHaveLength(1)
  const revisions = visitor.frames.flatMap((frame) => (frame.t === 'avail' ? [frame.rev] : []))
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
})

it.each([
  ['close', 8_000],
  ['terminate', 10_000]
] as const)('T42: an operator who is gone by %s is missed after %i ms, and not before', async (how, graceMs) => {
  const { world, clock, state, operator } = await setStage()
  const ann = await operator('ann', true)
  await gone(clock, ann, how)
  expect(world.domain.presence.leased('shop')).toMatchObject([{ isSuspect: true, isAvailable: true }])
  await clock.advance(graceMs - 1)
  expect(state()).toBe('online available')
  await clock.advance(1 + 1_000)
  expect(state()).toBe('offline no_agents')
})

it('T40: an operator who reloads ten times is never missed', async () => {
  const { world, clock, operator } = await setStage()
  const visitor = await customer(world)
  answerPings(visitor)
  let ann = await operator('ann', true)
  await visitor.next('avail', ({ state }) => state === 'online')
  const before = visitor.frames.filter(({ t }) => t === 'avail').length
  for (let reload = 0; reload < 10; reload++) {
    await gone(clock, ann, 'close')
    await clock.advance(3_000)
    ann = await operator('ann')
  }
  expect(visitor.frames.filter(({ t }) => t === 'avail')).toHaveLength(before)
  expect(world.domain.presence.leased('shop')).toMatchObject([{ isSuspect: false }])
})

it('T43: an operator whose link is dead but open is missed within thirty seconds', async () => {
  const { world, clock, state } = await setStage()
  const ann = await connect(world, { ticket: await world.ticketFor('ann') })
  await world.domain.presence.setAvailable('ann', true)
  await clock.advance(0)
  expect(state()).toBe('online available')
  await clock.advance(15_000)
  expect(await ann.closed).toBe(1006)
  await clock.advance(12_000)
  expect(state()).toBe('offline no_agents')
})

it('T44: an older connection’s end does not touch the newer one', async () => {
  const { world, clock, state, operator } = await setStage()
  const old = await operator('ann', true)
  await operator('ann')
  await gone(clock, old, 'terminate')
  await clock.advance(20_000)
  expect(state()).toBe('online available')
  expect(world.domain.presence.leased('shop')).toMatchObject([{ isSuspect: false }])
})

it('an operator with two consoles stays when one of them closes', async () => {
  const { world, clock, operator } = await setStage()
  await operator('ann', true)
  const second = await operator('ann')
  await gone(clock, second, 'close')
  await clock.advance(20_000)
  expect(world.domain.presence.leased('shop')).toMatchObject([{ id: 'ann', isSuspect: false }])
})

it('a full house is busy; room is made when a chat ends', async () => {
  const { world, clock, state, operator } = await setStage({ capacity: 1 })
  await operator('ann', true)
  const first = await customer(world)
  const c = await openConversation(first)
  await say(first, { c, n: 1, text: 'Hello' })
  await clock.advance(2_000)
  expect(state()).toBe('busy full')
  const ann = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'agent' } as const
  await world.domain.chat.setConversationState('shop', ann, { c, state: 'closed' })
  await clock.advance(0)
  expect(state()).toBe('online available')
})

it('a customer who was not seen for ten minutes is no load any more', async () => {
  const { world, clock, state, operator } = await setStage({ capacity: 1 })
  const ann = await operator('ann', true)
  const first = await customer(world)
  const c = await openConversation(first)
  await say(first, { c, n: 1, text: 'Hello' })
  await say(ann, { c, n: 1, text: 'Hi' })
  await clock.advance(2_000)
  expect(state()).toBe('busy full')
  await gone(clock, first, 'close')
  await clock.advance(9 * 60_000)
  expect(state()).toBe('busy full')
  await clock.advance(2 * 60_000)
  expect(state()).toBe('online available')
})

it('the first message goes to the available operator with the fewest chats, and the log says so', async () => {
  const { world, operator } = await setStage()
  await operator('ann', true)
  await operator('bob', true)
  await operator('cid', false)
  const assignees = []
  for (let count = 0; count < 4; count++) {
    const visitor = await customer(world)
    const c = await openConversation(visitor)
    await say(visitor, { c, n: 1, text: 'Hello' })
    const { data } = await visitor.next('ev', ({ k }) => k === 'assigned')
    assignees.push(JSON.stringify(data?.['operator']))
  }
  const [ann, bob] = ['ann', 'bob'].map((id) => JSON.stringify({ id, name: id }))
  expect(assignees.sort()).toEqual([ann, ann, bob, bob])
})

it('a suspect operator gets no new chat; a customer whose operator is gone goes to a colleague', async () => {
  const { world, clock, operator } = await setStage()
  const ann = await operator('ann', true)
  const visitor = await customer(world)
  answerPings(visitor)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await gone(clock, ann, 'terminate')
  const other = await customer(world)
  const d = await openConversation(other)
  await say(other, { c: d, n: 1, text: 'Me too' })
  const rows = (await world.domain.chat.inbox('shop')).conversations
  expect(rows.find((row) => row.c === d)?.assignee).toBeNull()

  await clock.advance(10_000)
  await operator('bob', true)
  await say(visitor, { c, n: 2, text: 'Still there?' })
  const { data } = await visitor.next('ev', ({ k, data }) => k === 'assigned' && JSON.stringify(data).includes('bob'))
  expect(data).toEqual({ operator: { id: 'bob', name: 'bob' } })
})

it('a closed chat that its customer opens again is a new one: it goes to nobody who wants none', async () => {
  const { world, operator } = await setStage()
  await operator('ann', true)
  const visitor = await customer(world)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  const ann = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'agent' } as const
  await world.domain.chat.setConversationState('shop', ann, { c, state: 'closed' })
  await world.domain.presence.setAvailable('ann', false)
  await say(visitor, { c, n: 2, text: 'One more thing' })
  expect((await world.domain.chat.inbox('shop')).conversations).toMatchObject([{ c, state: 'open', assignee: null }])
})

it('who answers in place of a colleague who left has the chat; who helps a colleague joins it, once', async () => {
  const { world, clock, operator } = await setStage()
  const ann = await operator('ann', true)
  const visitor = await customer(world)
  answerPings(visitor)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  const bob = await operator('bob')
  await say(bob, { c, n: 1, text: 'May I help?' })
  await say(bob, { c, n: 2, text: 'Or not?' })
  expect((await world.domain.chat.inbox('shop')).conversations[0]?.assignee?.id).toBe('ann')
  await gone(clock, ann, 'close')
  await clock.advance(8_000)
  await say(bob, { c, n: 3, text: 'Ann had to go' })
  expect((await world.domain.chat.inbox('shop')).conversations[0]?.assignee?.id).toBe('bob')
  const { events } = await follow(visitor, c)
  expect(events.map(({ k }) => k)).toEqual(['text', 'assigned', 'joined', 'text', 'text', 'assigned', 'text'])
})

it('a running chat stays a chat when Available goes off, until its operator leaves', async () => {
  const { world, clock, state, operator } = await setStage()
  const ann = await operator('ann', true)
  const [talking, idle] = [await customer(world), await customer(world)]
  for (const visitor of [talking, idle]) answerPings(visitor)
  const c = await openConversation(talking)
  await say(talking, { c, n: 1, text: 'Hello' })
  await world.domain.presence.setAvailable('ann', false)
  await clock.advance(2_000)
  expect(state()).toBe('away not_available')
  await idle.next('avail', ({ state }) => state === 'away')
  const { you } = talking.welcome
  expect(world.domain.availability.forVisitor('shop', you.id)).toMatchObject({ state: 'online' })
  expect((await customer(world, { token: talking.welcome.token })).welcome.avail.state).toBe('online')

  await gone(clock, ann, 'close')
  await clock.advance(8_000 + 2_000)
  expect((await talking.next('avail', ({ state }) => state === 'offline')).reason).toBe('no_agents')
  const revisions = talking.frames.flatMap((frame) => (frame.t === 'avail' ? [frame.rev] : []))
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
})

it('T49: after a restart the last answer stands for fifteen seconds, and its revision does not go back', async () => {
  const path = temporaryPath()
  const clock = createManualClock()
  const before = await setStage({ path, clock })
  await before.operator('ann', true)
  const { rev } = before.world.domain.availability.get('shop')
  await before.world.close()

  const after = await setStage({ path, clock })
  expect(after.world.domain.availability.get('shop')).toMatchObject({ state: 'online', rev })
  await clock.advance(14_999)
  expect(after.state()).toBe('online available')
  await clock.advance(1 + 2_000)
  expect(after.state()).toBe('offline no_agents')
  expect(after.world.domain.availability.get('shop').rev).toBeGreaterThan(rev)
})

it('after a restart an operator who comes back is not missed, and one who signs off is', async () => {
  const path = temporaryPath()
  const clock = createManualClock()
  const before = await setStage({ path, clock })
  await before.operator('ann', true)
  await before.world.close()

  const after = await setStage({ path, clock })
  await after.operator('ann')
  await clock.advance(30_000)
  expect(after.state()).toBe('online available')
  await after.world.close()

  const last = await setStage({ path, clock })
  await last.world.domain.presence.setAvailable('ann', false)
  await clock.advance(2_000)
  expect(last.state()).toBe('away not_available')
})

it('T49: a server that was down for long does not believe its old leases', async () => {
  const path = temporaryPath()
  const clock = createManualClock()
  const before = await setStage({ path, clock })
  await before.operator('ann', true)
  await before.world.close()
  await clock.jump(10 * 60_000)
  const after = await setStage({ path, clock })
  await clock.advance(2_000)
  expect(after.state()).toBe('offline no_agents')
})

it('colleagues see who is available and who is live', async () => {
  const { world, clock, operator } = await setStage()
  const ann = await operator('ann')
  ann.send({ t: 'fetch', rid: 'r', c: 'inbox:shop', from: 1, sub: true })
  await ann.next('page')
  const bob = await operator('bob', true)
  await ann.next('ev', ({ k, data }) => k === 'presence.changed' && data?.['id'] === 'bob' && data['available'] === true)
  await gone(clock, bob, 'close')
  await clock.advance(8_000)
  await ann.next('ev', ({ k, data }) => k === 'presence.changed' && data?.['id'] === 'bob' && data['live'] === false)
  expect((await world.domain.chat.inbox('shop')).operators).toEqual([
    { id: 'ann', name: 'ann', available: false, live: true },
    { id: 'bob', name: 'bob', available: true, live: false }
  ])
})
