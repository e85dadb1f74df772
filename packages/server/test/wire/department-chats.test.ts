import type { ConversationRow, Department } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { setUpSite } from '../domain/set-up-site.js'
import { answerPings, customer, gone, type Stage, setStage } from '../domain/stage.js'
import { follow, type HelloOptions, openConversation, say, type Welcomed } from '../domain/wire-client.js'

const sales: Department = { id: 'sales', name: 'Sales', operators: ['ann'] }
const care: Department = { id: 'care', name: 'Care', operators: ['bob'] }

interface Talk {
  readonly visitor: Welcomed
  readonly c: string
}

async function shop(options: { readonly capacity?: number } = {}): Promise<Stage> {
  const stage = await setStage(options)
  await setUpSite(stage, { departments: [sales, care] })
  return stage
}

/** A customer whose page names a department, and who has written. */
async function talk({ world, clock }: Stage, options: HelloOptions): Promise<Talk> {
  const visitor = await customer(world, options)
  answerPings(visitor)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await clock.advance(0)
  return { visitor, c }
}

async function row({ world }: Stage, { c }: Talk): Promise<ConversationRow | undefined> {
  return (await world.domain.chat.inbox('shop')).conversations.find((each) => each.c === c)
}

const kindsOf = async ({ visitor, c }: Talk): Promise<string[]> => (await follow(visitor, c)).events.map(({ k }) => k)

it('where one department is staffed and another is not, a page of the one gets the chat and a page of the other the form, each told so before', async () => {
  const stage = await shop()
  await stage.operator('ann', true)
  const chatting = await talk(stage, { department: 'sales' })
  const asking = await talk(stage, { department: 'care' })
  expect([chatting, asking].map(({ visitor }) => visitor.welcome.avail.state)).toEqual(['online', 'offline'])
  expect([await kindsOf(chatting), await kindsOf(asking)]).toEqual([
    ['text', 'assigned'],
    ['text', 'converted']
  ])
  expect(await row(stage, chatting)).toMatchObject({ department: 'sales', assignee: { id: 'ann' }, chat: true })
  expect(await row(stage, asking)).toMatchObject({ department: 'care', assignee: null, chat: false })
  expect((await stage.world.domain.chat.inbox('shop')).requests).toMatchObject([{ c: asking.c, department: 'care' }])
})

it('news of a department reach its own customers alone', async () => {
  const stage = await shop()
  await stage.operator('ann', true)
  const [one, other] = [await customer(stage.world, { department: 'sales' }), await customer(stage.world, { department: 'care' })]
  const heard = (visitor: Welcomed): number => visitor.frames.filter(({ t }) => t === 'avail').length
  const before = heard(one)
  await stage.operator('bob', true)
  expect(await other.next('avail', ({ state }) => state === 'online')).toMatchObject({ reason: 'available' })
  expect(heard(one)).toBe(before)
})

it('a chat that waits for a department is given to nobody else, however free; more room there is told at once, and the next text has somebody', async () => {
  const stage = await shop({ capacity: 1 })
  const { clock } = stage
  await stage.operator('ann', true)
  await stage.operator('bob', true)
  const first = await talk(stage, { department: 'care' })
  expect((await row(stage, first))?.assignee?.id).toBe('bob')
  await clock.advance(1_000)
  const waiting = await talk(stage, { department: 'care' })
  expect(waiting.visitor.welcome.avail).toMatchObject({ state: 'busy', reason: 'full' })
  expect(await row(stage, waiting)).toMatchObject({ assignee: null, chat: true })
  await setUpSite(stage, { capacity: 2 })
  expect(await waiting.visitor.next('avail', ({ state }) => state === 'online')).toMatchObject({ reason: 'available' })
  await say(waiting.visitor, { c: waiting.c, n: 2, text: 'And now?' })
  expect((await row(stage, waiting))?.assignee?.id).toBe('bob')
})

it('whoever is of two departments has one load: a chat of the one takes his room in the other', async () => {
  const stage = await setStage({ capacity: 1 })
  await setUpSite(stage, { departments: [{ ...sales, operators: ['bob'] }, care] })
  await stage.operator('bob', true)
  await talk(stage, { department: 'care' })
  await stage.clock.advance(1_000)
  expect((await customer(stage.world, { department: 'sales' })).welcome.avail).toMatchObject({ state: 'busy' })
})

it('a chat whose operator is gone goes to a colleague of its department, and to nobody else; who becomes one gets it', async () => {
  const stage = await shop()
  const { clock } = stage
  await stage.operator('ann', true)
  const bob = await stage.operator('bob', true)
  const chat = await talk(stage, { department: 'care' })
  await gone(clock, bob, 'close')
  await clock.advance(9_000)
  expect((await row(stage, chat))?.assignee?.id).toBe('bob')
  expect(await chat.visitor.next('avail', ({ state }) => state === 'offline')).toMatchObject({ reason: 'no_agents' })
  await setUpSite(stage, { departments: [sales, { ...care, operators: ['bob', 'ann'] }] })
  await clock.advance(0)
  expect((await row(stage, chat))?.assignee?.id).toBe('ann')
  expect(await chat.visitor.next('avail', ({ state }) => state === 'online')).toMatchObject({ reason: 'available' })
})

it('whoever takes a chat of a department that he is not of keeps it, and its customer alone is told that somebody is there', async () => {
  const stage = await shop()
  const { world, clock } = stage
  await setUpSite(stage, { departments: [sales, { ...care, operators: ['bob', 'cid'] }] })
  const ann = await stage.operator('ann', true)
  const bob = await stage.operator('bob', true)
  const chat = await talk(stage, { department: 'care' })
  await gone(clock, bob, 'close')
  await clock.advance(9_000)
  await say(ann, { c: chat.c, n: 1, text: 'Bob has gone, how can I help?' })
  await clock.advance(0)
  expect(world.domain.availability.forVisitor('shop', chat.visitor.welcome.you.id, 'care').state).toBe('online')
  expect((await customer(world, { department: 'care' })).welcome.avail.state).toBe('offline')
  await say(chat.visitor, { c: chat.c, n: 2, text: 'With a handle' })
  await stage.operator('cid', true)
  await say(chat.visitor, { c: chat.c, n: 3, text: 'And a lid' })
  expect(await kindsOf(chat)).toEqual(['text', 'assigned', 'assigned', 'text', 'text', 'text'])
})

it('in the hours of its own a department is open while the site is closed, and the other way round', async () => {
  const stage = await setStage()
  const never = { zone: 'Etc/UTC', week: {} }
  await setUpSite(stage, { hours: never, departments: [{ ...sales, hours: null }, care] })
  await stage.operator('ann', true)
  await stage.operator('bob', true)
  expect(await kindsOf(await talk(stage, { department: 'sales' }))).toEqual(['text', 'assigned'])
  const closed = await talk(stage, { department: 'care' })
  expect([closed.visitor.welcome.avail.reason, await kindsOf(closed)]).toEqual(['hours', ['text', 'converted']])
})
