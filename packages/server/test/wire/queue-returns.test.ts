import { expect, it } from 'vitest'
import { leave } from '../domain/leave-request.js'
import { answerPings, customer, gone, type Stage, setStage } from '../domain/stage.js'
import { connect, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { shopOrigin } from '../domain/world.js'

interface Asked {
  readonly visitor: Welcomed
  readonly c: string
}

async function settle({ clock }: Pick<Stage, 'clock'>): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await clock.advance(turn === 0 ? 1_000 : 0)
}

async function ask(stage: Stage, department?: string): Promise<Asked> {
  const visitor = await customer(stage.world, department === undefined ? {} : { department })
  answerPings(visitor)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await settle(stage)
  return { visitor, c }
}

async function assignees({ world }: Stage, asked: readonly Pick<Asked, 'c'>[]): Promise<(string | undefined)[]> {
  const { conversations } = await world.domain.chat.inbox('shop')
  return asked.map(({ c }) => conversations.find((row) => row.c === c)?.assignee?.id)
}

async function close({ world }: Stage, c: string): Promise<void> {
  const owner = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'owner' } as const
  await world.domain.chat.setConversationState('shop', owner, { c, state: 'closed' })
}

it('who was away so long that his place was gone has one again as soon as he is back, and is given to who has room', async () => {
  const stage = await setStage({ capacity: 1 })
  const { clock, world } = stage
  await stage.operator('ann', true)
  const first = await ask(stage)
  const second = await ask(stage)
  await gone(clock, second.visitor, 'close')
  for (let minute = 0; minute < 11; minute++) await clock.advance(60_000)
  await world.domain.presence.setAvailable('ann', true)
  await close(stage, first.c)
  await settle(stage)
  expect(await assignees(stage, [second])).toEqual([undefined])
  const back = await connect(world, { token: second.visitor.welcome.token })
  answerPings(back)
  await settle(stage)
  expect(await assignees(stage, [second])).toEqual(['ann'])
})

it('who had left a request that nobody has answered yet, and comes back to chat, stands in line', async () => {
  const stage = await setStage({ capacity: 1 })
  const { clock, world } = stage
  await stage.operator('ann', true)
  const first = await ask(stage)
  const { receipt } = await leave(world)
  await clock.advance(3_600_000)
  await world.domain.presence.setAvailable('ann', true)
  const back = await connect(world, { token: receipt.token })
  answerPings(back)
  const at = clock.now()
  await say(back, { c: receipt.c, n: 1, text: 'I am here now' })
  await settle(stage)
  expect(await back.next('queue')).toMatchObject({ c: receipt.c, position: 1, since: at })
  await close(stage, first.c)
  await settle(stage)
  expect(await assignees(stage, [receipt])).toEqual(['ann'])
})

it('a customer of a department does not overtake who waits longer for the same people in the line of the site', async () => {
  const stage = await setStage({ capacity: 1 })
  const { world, clock } = stage
  const departments = [{ id: 'sales', name: 'Sales', operators: ['ann'] }]
  await world.domain.sites.save({ id: 'shop', name: 'shop', origins: [shopOrigin], capacity: 1, settings: { departments } }, clock.now())
  await stage.operator('ann', true)
  const first = await ask(stage)
  const second = await ask(stage)
  const third = await ask(stage)
  // Something was looked at just now, so that the queue pauses.
  await say(third.visitor, { c: third.c, n: 2, text: 'Still here' })
  await close(stage, first.c)
  const late = await customer(world, { department: 'sales' })
  answerPings(late)
  late.send({ t: 'open', id: '01931f0a-7c00-7b3e-8a51-3f0e8d2b6c47', department: 'sales' })
  const { c } = await late.next('ack')
  await say(late, { c, n: 1, text: 'Me first' })
  await settle(stage)
  expect(await assignees(stage, [second, { c }])).toEqual(['ann', undefined])
})

it('what could not be given because the disk did not take it is given a moment later', async () => {
  const stage = await setStage({ capacity: 1 })
  const { world } = stage
  await stage.operator('ann', true)
  const first = await ask(stage)
  const second = await ask(stage)
  const { write } = world.db
  let failures = 0
  Object.assign(world.db, {
    write: (name: string, ...rest: [never, never]) => {
      if (name !== 'queue.give' || failures > 2) return write(name as never, ...rest)
      failures++
      return Promise.reject(new Error('the disk is full'))
    }
  })
  await close(stage, first.c)
  for (let second = 0; second < 5; second++) await settle(stage)
  expect(failures).toBe(3)
  expect(await assignees(stage, [second])).toEqual(['ann'])
})

it('who waits in two conversations is told of the one that waits longest, and then of the other', async () => {
  const stage = await setStage({ capacity: 1 })
  await stage.operator('ann', true)
  const first = await ask(stage)
  const second = await ask(stage)
  const third = await ask(stage)
  const other = await openConversation(second.visitor)
  await say(second.visitor, { c: other, n: 1, text: 'And this' })
  for (let second = 0; second < 3; second++) await settle(stage)
  const told = () => second.visitor.frames.filter((frame) => frame.t === 'queue').map(({ c, position }) => [c, position])
  expect(told()).toEqual([[second.c, 1]])
  await close(stage, first.c)
  for (let second = 0; second < 3; second++) await settle(stage)
  expect(told().at(-1)).toEqual([other, 2])
  expect(await third.visitor.next('queue', ({ position }) => position === 1)).toMatchObject({ c: third.c })
})

it('whoever stays away leaves the line by mere time, and those behind him hear of it', async () => {
  const stage = await setStage({ capacity: 1 })
  await stage.operator('ann', true)
  await ask(stage)
  const second = await ask(stage)
  const third = await ask(stage)
  expect(await third.visitor.next('queue')).toMatchObject({ position: 2 })
  await gone(stage.clock, second.visitor, 'close')
  for (let half = 0; half < 23; half++) {
    stage.world.domain.presence.noteInput('ann', 'word')
    await stage.clock.advance(30_000)
  }
  expect(await third.visitor.next('queue')).toMatchObject({ position: 1 })
})
