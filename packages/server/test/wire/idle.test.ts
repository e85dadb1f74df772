import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { answerPings, customer, gone, type Stage, setStage } from '../domain/stage.js'
import { follow, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { temporaryPath } from '../domain/world.js'

const minuteMs = 60_000

/** What a console says when somebody is at it. */
async function sign({ clock }: Pick<Stage, 'clock'>, console: Welcomed): Promise<void> {
  console.send({ t: 'typing', c: 'inbox:shop', on: true })
  await heard(console)
  await clock.advance(0)
}

async function heard(client: Welcomed): Promise<void> {
  client.send({ t: 'ping', now: 1 })
  await client.next('pong')
}

async function talk({ world, clock }: Stage): Promise<{ readonly visitor: Welcomed; readonly c: string }> {
  const visitor = await customer(world)
  answerPings(visitor)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await clock.advance(0)
  return { visitor, c }
}

const assignee = async ({ world }: Stage, c: string): Promise<string | undefined> =>
  (await world.domain.chat.inbox('shop')).conversations.find((row) => row.c === c)?.assignee?.id

it('T45: ten minutes without a sign of anybody at his console and no customer is given to him, though none waits; a sign, and he is there at once', async () => {
  const stage = await setStage()
  const { clock, state, operator, world } = stage
  const ann = await operator('ann', true)
  await sign(stage, ann)
  await clock.advance(9 * minuteMs)
  await sign(stage, ann)
  await clock.advance(10 * minuteMs - 1)
  expect(state()).toBe('online available')
  await clock.advance(1 + 1_000)
  expect(state()).toBe('away not_available')
  expect((await world.domain.chat.inbox('shop')).operators).toMatchObject([{ id: 'ann', available: false, live: true }])
  await sign(stage, ann)
  expect(state()).toBe('online available')
  expect((await world.domain.chat.inbox('shop')).operators).toMatchObject([{ id: 'ann', available: true, live: true }])
  expect(ann.frames.filter(({ t }) => t === 'err')).toEqual([])
})

it('the chats of an empty chair are nobody’s, also those where no customer waits, or go to a colleague', async () => {
  const stage = await setStage()
  const { clock, operator } = stage
  const ann = await operator('ann', true)
  await sign(stage, ann)
  const [first, second] = [await talk(stage), await talk(stage)]
  for (const { c } of [first, second]) await say(ann, { c, n: 1, text: 'Hi' })
  await clock.advance(10 * minuteMs)
  expect([await assignee(stage, first.c), await assignee(stage, second.c)]).toEqual([undefined, undefined])
  await operator('bob', true)
  await say(first.visitor, { c: first.c, n: 2, text: 'Still there?' })
  expect(await assignee(stage, first.c)).toBe('bob')
})

it('an operator whose console gives no signs is believed as long as no customer waits', async () => {
  const { clock, state, operator } = await setStage()
  await operator('ann', true)
  await clock.advance(12 * minuteMs)
  expect(state()).toBe('online available')
})

it('whoever let a first text wait is not there again by moving a mouse, but by a word or by saying so', async () => {
  const stage = await setStage()
  const { clock, operator, world } = stage
  const ann = await operator('ann', true)
  await sign(stage, ann)
  const { c } = await talk(stage)
  await operator('bob', true)
  const isAvailable = (): boolean | undefined => world.domain.presence.leased('shop').find(({ id }) => id === 'ann')?.isAvailable
  await clock.advance(90_000)
  expect([await assignee(stage, c), isAvailable()]).toEqual(['bob', false])
  await sign(stage, ann)
  expect(isAvailable()).toBe(false)
  await follow(ann, c)
  ann.send({ t: 'typing', c, on: true })
  await heard(ann)
  expect(isAvailable()).toBe(true)
})

it.each(['idle', 'unanswered'] as const)(
  'a server that starts again does not believe an operator who was away (%s); what ends it is what would have ended it before',
  async (absence) => {
    const path = temporaryPath()
    const clock = createManualClock()
    const before = await setStage({ path, clock })
    await sign(before, await before.operator('ann', true))
    before.world.domain.presence.setAbsent('ann', absence)
    await clock.advance(0)
    await clock.advance(1_000)
    expect(before.state()).toBe('away not_available')
    await before.world.close()

    const after = await setStage({ path, clock })
    await clock.advance(5_000)
    expect(after.state()).toBe('away not_available')
    const ann = await after.operator('ann')
    await clock.advance(20_000)
    expect(after.state()).toBe('away not_available')
    expect((await after.world.domain.chat.inbox('shop')).operators).toMatchObject([{ id: 'ann', available: false, live: true }])
    await sign(after, ann)
    expect(after.state()).toBe(absence === 'idle' ? 'online available' : 'away not_available')
    await after.world.domain.presence.setAvailable('ann', true)
    await clock.advance(0)
    expect(after.state()).toBe('online available')
    await after.world.close()

    const last = await setStage({ path, clock })
    await last.operator('ann')
    expect(last.state()).toBe('online available')
  }
)

it('the time without input goes on over a restart, and over a night without a console', async () => {
  const path = temporaryPath()
  const clock = createManualClock()
  const before = await setStage({ path, clock })
  await sign(before, await before.operator('ann', true))
  await clock.advance(9 * minuteMs)
  await before.world.close()

  const after = await setStage({ path, clock })
  await after.operator('ann')
  await clock.advance(minuteMs - 1)
  expect(after.state()).toBe('online available')
  await clock.advance(1 + 1_000)
  expect(after.state()).toBe('away not_available')
  await after.world.close()
  await clock.advance(8 * 60 * minuteMs)

  const morning = await setStage({ path, clock })
  const ann = await morning.operator('ann', true)
  await clock.advance(5_000)
  expect(morning.state()).toBe('online available')
  await sign(morning, ann)
  await clock.advance(9 * minuteMs)
  expect(morning.state()).toBe('online available')
})

it('also a server that was down for long remembers who was away, when his console comes back; he says that he is there, and so it stays', async () => {
  const path = temporaryPath()
  const clock = createManualClock()
  const before = await setStage({ path, clock })
  await sign(before, await before.operator('ann', true))
  before.world.domain.presence.setAbsent('ann', 'unanswered')
  await before.world.close()
  await clock.advance(5 * minuteMs)

  const after = await setStage({ path, clock })
  const ann = await after.operator('ann')
  await clock.advance(20_000)
  expect(after.state()).toBe('away not_available')
  await gone(clock, ann, 'close')
  await after.world.close()
  await clock.advance(5 * minuteMs)

  const last = await setStage({ path, clock })
  await last.world.domain.presence.setAvailable('ann', true)
  await last.operator('ann')
  expect(last.state()).toBe('online available')
  expect((await last.world.domain.chat.inbox('shop')).operators).toMatchObject([{ id: 'ann', available: true, live: true }])
})
