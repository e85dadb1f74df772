import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { answerPings, customer, gone, setStage } from '../domain/stage.js'
import { openConversation, say } from '../domain/wire-client.js'
import { temporaryPath } from '../domain/world.js'

const minuteMs = 60_000

it('T41: a link that is down for three seconds and up for five, for five minutes, is no blink; while it is down there is no new chat', async () => {
  const { world, clock, operator } = await setStage()
  const watcher = await customer(world)
  answerPings(watcher)
  let ann = await operator('ann', true)
  await watcher.next('avail', ({ state }) => state === 'online')
  const before = watcher.frames.filter(({ t }) => t === 'avail').length
  for (let flap = 0; flap < 37; flap++) {
    await gone(clock, ann, 'terminate')
    if (flap % 12 === 0) {
      const late = await customer(world)
      const c = await openConversation(late)
      await say(late, { c, n: 1, text: 'Hello' })
      expect((await world.domain.chat.inbox('shop')).conversations.find((row) => row.c === c)?.assignee).toBeNull()
    }
    await clock.advance(3_000)
    ann = await operator('ann')
    await clock.advance(5_000)
  }
  expect(watcher.frames.filter(({ t }) => t === 'avail')).toHaveLength(before)
}, 20_000)

it('I8: an operator whose link is gone too long again and again changes three times in two minutes at most, and never counts as there without a lease', async () => {
  const { world, clock, operator } = await setStage()
  const shownAt: { readonly at: number; readonly isShown: boolean }[] = []
  let isShown = false
  world.domain.presence.onChange((site) => {
    const now = world.domain.presence.isLive(site, 'ann')
    if (now !== isShown) shownAt.push({ at: clock.now(), isShown: now })
    isShown = now
  })
  for (let flap = 0; flap < 14; flap++) {
    const ann = await operator('ann', true)
    await clock.advance(12_000)
    await gone(clock, ann, 'terminate')
    await clock.advance(10_000)
    expect(isShown).toBe(false)
    await clock.advance(1_000)
  }
  expect(shownAt.length).toBeGreaterThan(4)
  for (const { at } of shownAt) expect(shownAt.filter((other) => other.at >= at && other.at - at < 2 * minuteMs).length).toBeLessThanOrEqual(3)
}, 20_000)

it('an operator who signs out and in again is there at once, however often', async () => {
  const { world, clock, state, operator } = await setStage()
  for (let turn = 0; turn < 3; turn++) {
    const ann = await operator('ann', true)
    expect(state()).toBe('online available')
    world.domain.hub.dropOperator('ann')
    await ann.closed
    await clock.advance(2_000)
    expect(state()).toBe('offline no_agents')
  }
})

it('an operator who stays after he has come and gone too often is shown again by himself', async () => {
  const { world, clock, state, operator } = await setStage()
  const first = await operator('ann', true)
  expect(state()).toBe('online available')
  await gone(clock, first, 'close')
  await clock.advance(9_000)
  expect(state()).toBe('offline no_agents')
  await operator('ann')
  await clock.advance(21_000)
  expect(state()).toBe('offline no_agents')
  expect(world.domain.presence.leased('shop')).toEqual([])
  await clock.advance(2 * minuteMs)
  expect(state()).toBe('online available')
})

it('T45: an operator whose page is out of sight for twenty minutes and answers pings is still there', async () => {
  const { clock, state, operator } = await setStage()
  await operator('ann', true)
  await clock.advance(20 * minuteMs)
  expect(state()).toBe('online available')
}, 20_000)

it('T49: revisions go on above what was told, also where the disk did not take it', async () => {
  const path = temporaryPath()
  const clock = createManualClock()
  const before = await setStage({ path, clock })
  await before.operator('ann', true)
  const { write } = before.world.db
  Object.assign(before.world.db, { write: async () => Promise.reject(new Error('the disk is full')) })
  before.world.domain.presence.revoke('ann')
  await clock.advance(0)
  await clock.advance(1_000)
  expect(before.state()).toBe('offline no_agents')
  const told = before.world.domain.availability.get('shop').rev
  Object.assign(before.world.db, { write })
  await before.world.close()
  await clock.jump(10 * minuteMs)
  const after = await setStage({ path, clock })
  await clock.advance(2_000)
  expect(after.state()).toBe('offline no_agents')
  expect(after.world.domain.availability.get('shop').rev).toBeGreaterThan(told)
})
