import { expect, it } from 'vitest'
import { newMessageId } from '../domain/new-ids.js'
import { answerPings, customer, gone, type Stage, setStage } from '../domain/stage.js'
import { follow, openConversation, say, type Welcomed } from '../domain/wire-client.js'

const minuteMs = 60_000

interface Talk {
  readonly visitor: Welcomed
  readonly c: string
}

/** A customer whose first text has somebody. */
async function talk({ world, clock }: Stage): Promise<Talk> {
  const visitor = await customer(world)
  answerPings(visitor)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await clock.advance(0)
  return { visitor, c }
}

async function assignee({ world }: Stage, c: string): Promise<string | undefined> {
  return (await world.domain.chat.inbox('shop')).conversations.find((row) => row.c === c)?.assignee?.id
}

it('T46: a chat whose operator goes offline goes to a colleague who is free, by itself; customers are told that somebody is home', async () => {
  const stage = await setStage()
  const { clock, state, operator } = stage
  const ann = await operator('ann', true)
  const { visitor, c } = await talk(stage)
  await operator('bob', true)
  await gone(clock, ann, 'terminate')
  await clock.advance(9_999)
  expect(await assignee(stage, c)).toBe('ann')
  await clock.advance(1)
  expect(await assignee(stage, c)).toBe('bob')
  await clock.advance(2_000)
  expect(state()).toBe('online available')
  const { events } = await follow(visitor, c)
  expect(events.map(({ k, data }) => [k, data?.['operator']])).toEqual([
    ['text', undefined],
    ['assigned', { id: 'ann', name: 'ann' }],
    ['assigned', { id: 'bob', name: 'bob' }]
  ])
})

it('T46: a colleague who comes later gets the chats of the one who is gone, up to his capacity, those that wait first', async () => {
  const stage = await setStage({ capacity: 2 })
  const { clock, operator, world } = stage
  const ann = await operator('ann', true)
  const answered = await talk(stage)
  const waiting = await talk(stage)
  await say(ann, { c: answered.c, n: 1, text: 'Hi' })
  await operator('cid', true)
  const third = await talk(stage)
  expect(await assignee(stage, third.c)).toBe('cid')
  await world.domain.presence.setAvailable('cid', false)
  await gone(clock, ann, 'close')
  await clock.advance(8_000)
  expect([await assignee(stage, answered.c), await assignee(stage, waiting.c)]).toEqual(['ann', 'ann'])
  await world.domain.presence.setAvailable('cid', true)
  await clock.advance(0)
  expect([await assignee(stage, answered.c), await assignee(stage, waiting.c)]).toEqual(['ann', 'cid'])
})

it('T48: an operator who leaves for good costs no text: it is stored, and waits where everybody sees it', async () => {
  const stage = await setStage()
  const { clock, operator, world } = stage
  const ann = await operator('ann', true)
  const { visitor, c } = await talk(stage)
  await gone(clock, ann, 'terminate')
  expect(await say(visitor, { c, n: 2, text: 'Are you there?' })).toMatchObject({ c })
  await clock.advance(12_000)
  expect(await say(visitor, { c, n: 3, text: 'Then write to me' })).toMatchObject({ c })
  const { conversations, requests } = await world.domain.chat.inbox('shop')
  expect(conversations).toMatchObject([{ c, waitingSince: expect.any(Number) }])
  expect(requests).toHaveLength(1)
})

it('the first text of a chat that nobody answers for ninety seconds goes to a colleague who is free; the one who did not answer gets no more until he types', async () => {
  const stage = await setStage()
  const { clock, operator, world } = stage
  const ann = await operator('ann', true)
  const { c } = await talk(stage)
  await operator('bob', true)
  await clock.advance(89_999)
  expect(await assignee(stage, c)).toBe('ann')
  await clock.advance(1)
  expect(await assignee(stage, c)).toBe('bob')
  expect(world.domain.presence.leased('shop')).toMatchObject([
    { id: 'ann', isAvailable: false },
    { id: 'bob', isAvailable: true }
  ])

  const second = await talk(stage)
  expect(await assignee(stage, second.c)).toBe('bob')
  await follow(ann, c)
  ann.send({ t: 'typing', c, on: true })
  ann.send({ t: 'ping', now: 1 })
  await ann.next('pong')
  const third = await talk(stage)
  expect(await assignee(stage, third.c)).toBe('ann')
})

it('a first text stays where it is while its answer is typed, while nobody else is free, and once it was answered', async () => {
  const stage = await setStage()
  const { clock, operator } = stage
  const ann = await operator('ann', true)
  const { visitor, c } = await talk(stage)
  await follow(ann, c)
  await clock.advance(3 * minuteMs)
  expect(await assignee(stage, c)).toBe('ann')
  ann.send({ t: 'typing', c, on: true })
  ann.send({ t: 'ping', now: 1 })
  await ann.next('pong')
  await operator('bob', true)
  await clock.advance(25_000)
  expect(await assignee(stage, c)).toBe('ann')
  await say(ann, { c, n: 1, text: 'Hi' })
  visitor.send({ t: 'pub', c, id: newMessageId(), n: 2, k: 'text', body: { text: 'And now?' } })
  await clock.advance(5 * minuteMs)
  expect(await assignee(stage, c)).toBe('ann')
})

it('an operator who lets a customer wait for ten minutes and types nowhere is away: his chat is nobody’s, and his wish is kept', async () => {
  const stage = await setStage()
  const { clock, operator, state, world } = stage
  const ann = await operator('ann', true)
  const { visitor, c } = await talk(stage)
  await say(ann, { c, n: 1, text: 'One moment' })
  await say(visitor, { c, n: 2, text: 'Thank you' })
  await clock.advance(10 * minuteMs - 10_000)
  expect([await assignee(stage, c), state()]).toEqual(['ann', 'online available'])
  await clock.advance(20_000)
  expect([await assignee(stage, c), state()]).toEqual([undefined, 'away not_available'])
  await say(ann, { c, n: 2, text: 'Back again' })
  await clock.advance(0)
  expect([await assignee(stage, c), state()]).toEqual(['ann', 'online available'])
  expect(world.domain.presence.leased('shop')).toMatchObject([{ id: 'ann', isAvailable: true }])
}, 20_000)
