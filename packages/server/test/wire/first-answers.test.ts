import { expect, it } from 'vitest'
import { keepFirstAnswer } from '../../src/store/answer-store.js'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { leave } from '../domain/leave-request.js'
import { createManualClock, type ManualClock } from '../domain/manual-clock.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { startWorld, type World } from '../domain/world.js'

interface Scene {
  readonly world: World
  readonly clock: ManualClock
  readonly ann: Welcomed
  readonly setAvailable: (isAvailable: boolean) => Promise<void>
  readonly close: (c: string) => Promise<unknown>
  /** What was kept, oldest first. */
  readonly kept: () => Promise<unknown[]>
}

const subject = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'agent' } as const

async function startScene(): Promise<Scene> {
  const clock = createManualClock()
  const world = await startWorld({ clock })
  const ann = await connect(world, { ticket: await world.ticketFor('ann') })
  const setAvailable = async (isAvailable: boolean): Promise<void> => {
    await world.domain.presence.setAvailable('ann', isAvailable)
    await clock.advance(0)
  }
  await setAvailable(true)
  return {
    world,
    clock,
    ann,
    setAvailable,
    close: (c) => world.domain.chat.setConversationState('shop', subject, { c, state: 'closed' }),
    kept: () =>
      changeOnDisk(world.path, async ({ tx }) => {
        const rows = await tx.selectFrom('first_answer').selectAll().orderBy('answered_at').orderBy('kind').execute()
        return rows.map(({ kind, asked_at, answered_at, operator }) => ({ kind, waitedMs: answered_at - asked_at, operator }))
      })
  }
}

it('a chat waits from the first text without an answer to the first one of an operator, and a second one is none', async () => {
  const { world, clock, ann, kept } = await startScene()
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'Hello' })
  await clock.advance(3_000)
  await say(customer, { c, n: 2, text: 'Anybody?' })
  await clock.advance(4_000)
  const id = newMessageId()
  await say(ann, { c, n: 1, text: 'Yes', id })
  await say(ann, { c, n: 1, text: 'Yes', id })
  await clock.advance(1_000)
  await say(ann, { c, n: 2, text: 'What is it?' })
  expect(await kept()).toEqual([{ kind: 'chat', waitedMs: 7_000, operator: 'ann' }])

  await say(customer, { c, n: 3, text: 'A lamp' })
  await clock.advance(2_000)
  await say(ann, { c, n: 3, text: 'Which?' })
  expect(await kept()).toHaveLength(2)
})

it('neither a note, nor what the server says by itself, nor an end without a text is an answer', async () => {
  const { world, clock, ann, kept, close } = await startScene()
  const customer = await connect(world)
  const c = await openConversation(customer)
  // It is given to Ann, which the log says by itself.
  await say(customer, { c, n: 1, text: 'Hello' })
  await clock.advance(3_000)
  ann.send({ t: 'pub', c, id: newMessageId(), n: 1, k: 'note', body: { text: 'A regular' } })
  await ann.next('ack')
  await close(c)
  expect(await kept()).toEqual([])

  await clock.advance(6_000)
  await say(customer, { c, n: 2, text: 'Hello again' })
  await clock.advance(5_000)
  await say(ann, { c, n: 2, text: 'Sorry' })
  expect(await kept()).toEqual([{ kind: 'chat', waitedMs: 5_000, operator: 'ann' }])
})

it('a request waits from when it was left, is answered once, and is no chat', async () => {
  const { clock, world, ann, kept } = await startScene()
  const { receipt } = await leave(world)
  await clock.advance(10_000)
  await say(ann, { c: receipt.c, n: 1, text: 'On its way' })
  expect(await kept()).toEqual([{ kind: 'request', waitedMs: 10_000, operator: 'ann' }])

  await world.domain.chat.setRequestState('shop', subject, { id: receipt.id, state: 'open' })
  await clock.advance(10_000)
  await say(ann, { c: receipt.c, n: 2, text: 'It is there' })
  expect(await kept()).toHaveLength(1)
})

it('a text that found nobody is a request from its own instant; a chat that waited before it waited as a chat', async () => {
  const { world, clock, ann, kept, setAvailable } = await startScene()
  const [early, late] = [await connect(world), await connect(world)]
  const [first, second] = [await openConversation(early), await openConversation(late)]
  await say(early, { c: first, n: 1, text: 'Hello' })
  await clock.advance(1_000)
  await say(ann, { c: first, n: 1, text: 'Hello' })
  await say(early, { c: first, n: 2, text: 'A lamp' })
  await setAvailable(false)
  await clock.advance(2_000)
  await say(late, { c: second, n: 1, text: 'Is anybody there?' })
  await clock.advance(3_000)
  await say(ann, { c: second, n: 1, text: 'I am' })
  expect(await kept()).toEqual([
    { kind: 'chat', waitedMs: 1_000, operator: 'ann' },
    { kind: 'request', waitedMs: 3_000, operator: 'ann' }
  ])
  await say(ann, { c: first, n: 2, text: 'Which?' })
  expect(await kept()).toContainEqual({ kind: 'chat', waitedMs: 5_000, operator: 'ann' })
})

it('the light says how long to expect to wait once five were answered, in whole minutes, and while chats are taken', async () => {
  const { world, clock, ann, setAvailable } = await startScene()
  const light = async (): Promise<unknown> => ((await (await fetch(`${world.url}/v1/sites/shop/light`)).json()) as { wait?: number }).wait
  const c = await openConversation(await connect(world))
  await answered(5_000, 70_000, 61_000, 62_000)
  await pass(60_000)
  expect(await light()).toBeUndefined()
  await answered(200_000)
  await pass(60_000)
  await expect.poll(light).toBe(120_000)
  await setAvailable(false)
  await clock.advance(2_000)
  await expect.poll(light).toBeUndefined()
  await setAvailable(true)
  await expect.poll(light).toBe(120_000)

  /** Chats that Ann has answered, each after so long. */
  async function answered(...waitsMs: readonly number[]): Promise<void> {
    await changeOnDisk(world.path, async (unit) => {
      for (const waitMs of waitsMs) {
        const wait = { kind: 'chat', subject: newMessageId(), c, department: null, asked_at: clock.now() - waitMs, operator: 'ann' } as const
        await keepFirstAnswer('shop', { ...unit, now: clock.now() }, wait)
      }
    })
  }

  /** Time goes by while Ann's console gives its signs of life. */
  async function pass(ms: number): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += 5_000) {
      await clock.advance(5_000)
      ann.send({ t: 'pong', echo: 0 })
      await follow(ann, c)
    }
  }
})
