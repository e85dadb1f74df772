import { expect, it } from 'vitest'
import { leave } from '../domain/leave-request.js'
import { answerPings, customer, type Stage, setStage } from '../domain/stage.js'
import { connect, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { shopOrigin } from '../domain/world.js'

interface Asked {
  readonly visitor: Welcomed
  readonly c: string
  readonly at: number
}

/** A customer whose first text is stored; `pauseMs` later everybody has heard what follows from it. */
async function ask({ world, clock }: Stage, department?: string): Promise<Asked> {
  const visitor = await customer(world, department === undefined ? {} : { department })
  answerPings(visitor)
  const c = await openConversation(visitor)
  const at = clock.now()
  await say(visitor, { c, n: 1, text: 'Hello' })
  await settle({ clock })
  return { visitor, c, at }
}

async function settle({ clock }: Pick<Stage, 'clock'>): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await clock.advance(turn === 0 ? 1_000 : 0)
}

async function close({ world }: Stage, { c }: Pick<Asked, 'c'>): Promise<void> {
  const owner = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'owner' } as const
  await world.domain.chat.setConversationState('shop', owner, { c, state: 'closed' })
}

async function assignees({ world }: Stage, asked: readonly Asked[]): Promise<(string | undefined)[]> {
  const { conversations } = await world.domain.chat.inbox('shop')
  return asked.map(({ c }) => conversations.find((row) => row.c === c)?.assignee?.id)
}

it('who waits is told his place, and each new one; who is given to somebody waits no more', async () => {
  const stage = await setStage({ capacity: 1 })
  await stage.operator('ann', true)
  const first = await ask(stage)
  const second = await ask(stage)
  const third = await ask(stage)
  expect(await second.visitor.next('queue')).toEqual({ t: 'queue', c: second.c, position: 1, since: second.at })
  expect(await third.visitor.next('queue')).toEqual({ t: 'queue', c: third.c, position: 2, since: third.at })
  expect(await assignees(stage, [first, second, third])).toEqual(['ann', undefined, undefined])

  await close(stage, first)
  await settle(stage)
  expect(await assignees(stage, [second, third])).toEqual(['ann', undefined])
  expect(await second.visitor.next('queue')).toEqual({ t: 'queue', c: second.c })
  expect(await third.visitor.next('queue')).toEqual({ t: 'queue', c: third.c, position: 1, since: third.at })
})

it('who comes when room is made does not overtake those who wait', async () => {
  const stage = await setStage({ capacity: 1 })
  await stage.operator('ann', true)
  const first = await ask(stage)
  const second = await ask(stage)
  const { world } = stage
  await close(stage, first)
  // In the same moment, before anybody was given the room.
  const late = await customer(world)
  const c = await openConversation(late)
  await say(late, { c, n: 1, text: 'Me first' })
  await settle(stage)
  expect(await assignees(stage, [second, { ...second, c }])).toEqual(['ann', undefined])
})

it('everybody in line is given to whoever comes, or has more room, in the order in which they came; among equals chats go round', async () => {
  const stage = await setStage({ capacity: 1 })
  await stage.operator('ann', true)
  const asked = [await ask(stage), await ask(stage), await ask(stage), await ask(stage), await ask(stage)]
  await stage.operator('bob', true)
  await settle(stage)
  expect(await assignees(stage, asked)).toEqual(['ann', 'bob', undefined, undefined, undefined])
  await stage.world.domain.sites.save({ id: 'shop', name: 'shop', origins: [shopOrigin], capacity: 2, settings: {} }, stage.clock.now())
  await settle(stage)
  expect(await assignees(stage, asked)).toEqual(['ann', 'bob', 'ann', 'bob', undefined])
})

it('the next of equals goes to who was given one longest ago', async () => {
  const stage = await setStage({ capacity: 5 })
  for (const id of ['ann', 'bob', 'cid']) await stage.operator(id, true)
  const asked = [await ask(stage), await ask(stage), await ask(stage)]
  expect(await assignees(stage, asked)).toEqual(['ann', 'bob', 'cid'])
  for (const { c } of asked) await close(stage, { c })
  const fourth = await ask(stage)
  expect(await assignees(stage, [fourth])).toEqual(['ann'])
  await close(stage, fourth)
  // Ann has none again, as the others; it is Bob's turn.
  expect(await assignees(stage, [await ask(stage)])).toEqual(['bob'])
})

it('each department has its own line, and its room is not given to another', async () => {
  const stage = await setStage({ capacity: 1 })
  const departments = [
    { id: 'sales', name: 'Sales', operators: ['ann'] },
    { id: 'repair', name: 'Repair', operators: ['bob'] }
  ]
  await stage.world.domain.sites.save({ id: 'shop', name: 'shop', origins: [shopOrigin], capacity: 1, settings: { departments } }, stage.clock.now())
  await stage.operator('ann', true)
  await stage.operator('bob', true)
  const sales = [await ask(stage, 'sales'), await ask(stage, 'sales'), await ask(stage, 'sales')]
  const repair = await ask(stage, 'repair')
  expect(await assignees(stage, [...sales, repair])).toEqual(['ann', undefined, undefined, 'bob'])
  const second = await ask(stage, 'repair')
  expect(await second.visitor.next('queue')).toMatchObject({ position: 1 })
  expect(await sales[2]?.visitor.next('queue')).toMatchObject({ position: 2 })
})

it('who comes back is told his place again; who leaves a request waits for its answer and in no line', async () => {
  const stage = await setStage({ capacity: 1 })
  await stage.operator('ann', true)
  await ask(stage)
  const second = await ask(stage)
  const third = await ask(stage)
  expect(await third.visitor.next('queue')).toMatchObject({ position: 2 })
  const { token } = second.visitor.welcome
  const back = await connect(stage.world, { token })
  expect(await back.next('queue')).toEqual({ t: 'queue', c: second.c, position: 1, since: second.at })
  await leave(stage.world, { token })
  await settle(stage)
  expect(await back.next('queue')).toEqual({ t: 'queue', c: second.c })
  expect(await third.visitor.next('queue')).toMatchObject({ position: 1 })
})

it('those who waited when the server stopped wait on, and are given to who comes', async () => {
  const stage = await setStage({ capacity: 1 })
  await stage.operator('ann', true)
  const asked = [await ask(stage), await ask(stage)]
  const { clock, world } = stage
  await world.close()
  const next = await setStage({ clock, path: world.path, capacity: 1 })
  const back = await connect(next.world, { token: asked[1]?.visitor.welcome.token })
  answerPings(back)
  await next.operator('bob', true)
  await settle(next)
  expect(await assignees(next, asked.slice(1))).toEqual(['bob'])
})
