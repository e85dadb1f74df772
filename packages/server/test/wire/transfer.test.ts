import type { ConversationRow, Department } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { setUpSite } from '../domain/set-up-site.js'
import { answerPings, customer, type Stage, setStage } from '../domain/stage.js'
import { follow, openConversation, say, type Welcomed } from '../domain/wire-client.js'

const ann = { kind: 'operator', site: 'shop', id: 'ann', name: 'ann', role: 'agent' } as const
const sales: Department = { id: 'sales', name: 'Sales', operators: ['ann'] }
const care: Department = { id: 'care', name: 'Care', operators: ['bob'] }

interface Talk {
  readonly visitor: Welcomed
  readonly c: string
}

async function talk({ world, clock }: Stage, department?: string): Promise<Talk> {
  const visitor = await customer(world, department === undefined ? {} : { department })
  answerPings(visitor)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  await clock.advance(1_000)
  return { visitor, c }
}

async function row({ world }: Stage, c: string): Promise<ConversationRow | undefined> {
  return (await world.domain.chat.inbox('shop')).conversations.find((each) => each.c === c)
}

const give = ({ world }: Stage, c: string, assignee: string | null) => world.domain.chat.transfer('shop', ann, { c, to: { assignee } })
const move = ({ world }: Stage, c: string, department: string | null) => world.domain.chat.transfer('shop', ann, { c, to: { department } })

async function logOf({ visitor, c }: Talk): Promise<unknown[]> {
  const { events } = await follow(visitor, c)
  return events.map(({ k, data }) => (k === 'assigned' ? ((data?.['operator'] as { id: string } | null)?.id ?? null) : k))
}

it('a chat is given by hand to a colleague who is full, its customer is told, and it keeps its place in time', async () => {
  const stage = await setStage({ capacity: 1 })
  await stage.operator('ann', true)
  const chat = await talk(stage)
  await stage.operator('bob', true)
  const other = await talk(stage)
  expect((await row(stage, other.c))?.assignee?.id).toBe('bob')
  const { waitingSince } = (await row(stage, chat.c)) as ConversationRow
  expect(await give(stage, chat.c, 'bob')).toMatchObject({ row: { c: chat.c, assignee: { id: 'bob', name: 'bob' }, waitingSince } })
  expect(await logOf(chat)).toEqual(['text', 'ann', 'bob'])
  expect(await give(stage, chat.c, 'bob')).toMatchObject({ row: { assignee: { id: 'bob' } } })
  expect(await logOf(chat)).toEqual(['text', 'ann', 'bob'])
})

it('a chat is given to a colleague who is away, who is named; once its customer waits, somebody who is there answers', async () => {
  const stage = await setStage()
  const { world, clock } = stage
  await world.ticketFor('bob')
  const client = await stage.operator('ann', true)
  const chat = await talk(stage)
  await say(client, { c: chat.c, n: 1, text: 'Bob knows that' })
  await give(stage, chat.c, 'bob')
  await clock.advance(2_000)
  expect(await row(stage, chat.c)).toMatchObject({ assignee: { id: 'bob', name: 'bob' }, waitingSince: null })
  await say(chat.visitor, { c: chat.c, n: 2, text: 'Is he there?' })
  await clock.advance(2_000)
  expect(await row(stage, chat.c)).toMatchObject({ assignee: { id: 'ann' } })
  expect(await logOf(chat)).toEqual(['text', 'ann', 'text', 'bob', 'text', 'ann'])
})

it('a chat that is moved to a department waits in its line since when it waited, is nobody’s, and goes to who answers there', async () => {
  const stage = await setStage({ capacity: 1 })
  await setUpSite(stage, { departments: [sales, care] })
  await stage.operator('ann', true)
  await stage.operator('bob', true)
  const first = await talk(stage, 'sales')
  const inCare = await talk(stage, 'care')
  const later = await talk(stage, 'care')
  const { waitingSince } = (await row(stage, first.c)) as ConversationRow
  expect(await move(stage, first.c, 'care')).toMatchObject({ row: { department: 'care', assignee: null, waitingSince } })
  await stage.clock.advance(2_000)
  expect(await first.visitor.next('queue', ({ position }) => position === 1)).toMatchObject({ c: first.c, since: waitingSince })
  await later.visitor.next('queue', ({ position }) => position === 2)
  await world(stage).setConversationState('shop', ann, { c: inCare.c, state: 'closed' })
  await stage.clock.advance(2_000)
  expect(await row(stage, first.c)).toMatchObject({ assignee: { id: 'bob' } })
  expect(await row(stage, later.c)).toMatchObject({ assignee: null })
  expect(await logOf(first)).toEqual(['text', 'ann', null, 'bob'])
})

it('whoever is moved to a department where nobody is home is told so, and his next text is a request there', async () => {
  const stage = await setStage()
  await setUpSite(stage, { departments: [sales, care] })
  await stage.operator('ann', true)
  const chat = await talk(stage, 'sales')
  expect(chat.visitor.welcome.avail.state).toBe('online')
  await move(stage, chat.c, 'care')
  expect(await chat.visitor.next('avail', ({ state }) => state === 'offline')).toMatchObject({ state: 'offline' })
  await say(chat.visitor, { c: chat.c, n: 2, text: 'Anybody?' })
  expect(await logOf(chat)).toEqual(['text', 'ann', null, 'text', 'converted'])
  expect((await world(stage).inbox('shop')).requests).toMatchObject([{ c: chat.c, department: 'care' }])
})

it('an answered chat that is handed back to nobody waits again, and whoever has room gets it', async () => {
  const stage = await setStage()
  const client = await stage.operator('ann', true)
  const chat = await talk(stage)
  await say(client, { c: chat.c, n: 1, text: 'One moment' })
  await stage.operator('bob', true)
  await stage.world.domain.presence.setAvailable('ann', false)
  expect(await give(stage, chat.c, null)).toMatchObject({ row: { assignee: null, waitingSince: stage.clock.now() } })
  await stage.clock.advance(2_000)
  expect(await row(stage, chat.c)).toMatchObject({ assignee: { id: 'bob' } })
})

it('of transfers and a text at the same moment each is in the log, the text is kept, and the last one has it', async () => {
  const stage = await setStage()
  await stage.operator('ann', true)
  const chat = await talk(stage)
  await stage.operator('bob', true)
  await stage.operator('cid', true)
  await Promise.all([give(stage, chat.c, 'bob'), say(chat.visitor, { c: chat.c, n: 2, text: 'And?' }), give(stage, chat.c, 'cid')])
  const log = await logOf(chat)
  expect(log.filter((entry) => entry === 'text')).toHaveLength(2)
  expect(log.filter((entry) => entry !== 'text')).toEqual(['ann', 'bob', 'cid'])
  expect((await row(stage, chat.c))?.assignee?.id).toBe('cid')
})

it('who only watches hands nothing on', async () => {
  const stage = await setStage()
  await stage.operator('ann', true)
  const { c } = await talk(stage)
  const viewer = { ...ann, id: 'vic', role: 'viewer' } as const
  await expect(world(stage).transfer('shop', viewer, { c, to: { assignee: null } })).rejects.toMatchObject({ code: 'forbidden' })
  expect((await row(stage, c))?.assignee?.id).toBe('ann')
})

function world(stage: Stage) {
  return stage.world.domain.chat
}
