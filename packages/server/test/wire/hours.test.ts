import type { SiteHours } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { createZoneOffset } from '../../src/hours/zone-offset.js'
import { createLog } from '../../src/log.js'
import { createManualClock } from '../domain/manual-clock.js'
import { answerPings, customer, type Stage, setStage } from '../domain/stage.js'
import { follow, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { temporaryPath, type WorldOptions } from '../domain/world.js'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** A Tuesday, 18:00 in Warsaw. */
const closesAt = Date.parse('2026-11-24T17:00Z')
const opensAt = closesAt + 40 * minuteMs
const day = [
  { from: '09:00', to: '18:00' },
  { from: '18:40', to: '20:00' }
]
const shopHours: SiteHours = { zone: 'Europe/Warsaw', week: { mon: day, tue: day, wed: day, thu: day, fri: day } }

const shortBreak = [
  { from: '09:00', to: '18:00' },
  { from: '18:03', to: '20:00' }
]

async function setHours({ world, clock }: Pick<Stage, 'world' | 'clock'>, hours: SiteHours | undefined): Promise<void> {
  const site = world.domain.sites.get('shop')
  if (!site) throw new Error('no such site')
  await world.domain.sites.save({ ...site, settings: hours ? { hours } : {} }, clock.now())
  await clock.advance(0)
}

/** A shop some minutes before it closes, with an operator who wants chats. */
async function openShop(options: WorldOptions = {}): Promise<Stage & { readonly ann: Welcomed }> {
  const stage = await setStage({ ...options, clock: createManualClock(closesAt - 6 * minuteMs) })
  await setHours(stage, shopHours)
  const ann = await stage.operator('ann', true)
  return { ...stage, ann }
}

async function chatting({ world }: Stage): Promise<{ readonly visitor: Welcomed; readonly c: string }> {
  const visitor = await customer(world)
  answerPings(visitor)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Hello' })
  return { visitor, c }
}

const kindsOf = async (visitor: Welcomed, c: string): Promise<string[]> => (await follow(visitor, c)).events.map(({ k }) => k)

it('within hours it is told when they end, outside them when the next ones begin; the turn comes at its very second, and revisions grow', async () => {
  const stage = await openShop()
  const { world, clock, state } = stage
  await setHours(stage, { ...shopHours, week: { tue: shortBreak } })
  const visitor = await customer(world)
  answerPings(visitor)
  expect(visitor.welcome.avail).toMatchObject({ state: 'online', closesAt })
  await clock.advance(closesAt - clock.now() - 1)
  expect(state()).toBe('online available')
  await clock.advance(1 + 1_000)
  const backAt = closesAt + 3 * minuteMs
  expect(await visitor.next('avail', ({ state }) => state === 'offline')).toMatchObject({ reason: 'hours', opensAt: backAt })
  await clock.advance(backAt - clock.now() - 1)
  expect(state()).toBe('offline hours')
  await clock.advance(1)
  const opened = await visitor.next('avail', ({ state }) => state === 'online')
  expect(opened).toMatchObject({ reason: 'available', closesAt: closesAt + 2 * hourMs })
  const revisions = visitor.frames.flatMap((frame) => (frame.t === 'avail' ? [frame.rev] : []))
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
  expect(await (await fetch(`${world.url}/v1/sites/shop/light`)).json()).toEqual({
    rev: opened.rev,
    state: 'online',
    reason: 'available',
    closesAt: opened.closesAt
  })
})

it('a chat that runs when hours end goes on for half an hour, with its own operator; whoever writes anew leaves a request', async () => {
  const stage = await openShop()
  const { world, clock, ann } = stage
  const { visitor, c } = await chatting(stage)
  await say(ann, { c, n: 1, text: 'Hi' })
  const late = await customer(world)
  answerPings(late)
  const other = await openConversation(late)
  await clock.advance(6 * minuteMs + 1_000)
  await late.next('avail', ({ state }) => state === 'offline')
  const { you } = visitor.welcome
  expect(world.domain.availability.forVisitor('shop', you.id)).toMatchObject({ state: 'online' })

  await clock.advance(28 * minuteMs)
  await say(visitor, { c, n: 2, text: 'One more thing' })
  await say(late, { c: other, n: 1, text: 'Are you open?' })
  expect(await kindsOf(visitor, c)).toEqual(['text', 'assigned', 'text', 'text'])
  expect(await kindsOf(late, other)).toEqual(['text', 'converted'])

  await clock.advance(2 * minuteMs + 1_000)
  expect(await visitor.next('avail', ({ state }) => state === 'offline')).toMatchObject({ reason: 'hours', opensAt })
  await say(visitor, { c, n: 3, text: 'And another' })
  expect((await kindsOf(visitor, c)).slice(4)).toEqual(['text', 'converted'])
  const { conversations, requests } = await world.domain.chat.inbox('shop')
  expect(requests).toHaveLength(2)
  expect(conversations.find((row) => row.c === other)?.assignee).toBeNull()
})

it('hours that an owner changes hold at once: they end in the middle of what they were, and the chat that runs has its grace', async () => {
  const stage = await openShop({ durations: { closeGraceMs: 2 * minuteMs } })
  const { world, clock, state, ann } = stage
  const { visitor, c } = await chatting(stage)
  await say(ann, { c, n: 1, text: 'Hi' })
  await clock.advance(20_000)
  await setHours(stage, { ...shopHours, exceptions: [{ date: '2026-11-24', open: [{ from: '09:00', to: '10:00' }] }] })
  await clock.advance(1_000)
  expect(state()).toBe('offline exception')
  const toldTo = (): string => world.domain.availability.forVisitor('shop', visitor.welcome.you.id).state
  expect(toldTo()).toBe('online')
  await clock.advance(3 * minuteMs)
  expect(toldTo()).toBe('offline')
  await setHours(stage, undefined)
  expect(state()).toBe('online available')
  await setHours(stage, { zone: 'Europe/Warsaw', week: { tue: [{ from: '09:00', to: '17:58' }] } })
  await clock.advance(closesAt - 2 * minuteMs - clock.now() + 1_000)
  expect(state()).toBe('offline hours')
})

it('T60: when the rules of a zone change while the server runs, the next change is told by the new ones within a minute', async () => {
  const zoneOffset = createZoneOffset()
  let moreMs = 0
  const clock = createManualClock(closesAt - 3 * hourMs)
  const stage = await setStage({ clock, zoneOffset: (zone, instantMs) => zoneOffset(zone, instantMs) + moreMs })
  await setHours(stage, shopHours)
  await stage.operator('ann', true)
  const answer = () => stage.world.domain.availability.get('shop')
  const { rev } = answer()
  expect(answer()).toMatchObject({ state: 'online', closesAt })
  moreMs = hourMs
  await clock.advance(minuteMs)
  expect(answer()).toMatchObject({ state: 'online', closesAt: closesAt - hourMs })
  moreMs = 3 * hourMs
  await clock.advance(minuteMs)
  expect(answer()).toMatchObject({ state: 'offline', reason: 'hours', opensAt: opensAt - 3 * hourMs })
  expect(answer().rev).toBeGreaterThan(rev)
})

it('T60: a zone that this run time does not know any more leaves a site to those who say that they are there, and is reported once', async () => {
  const path = temporaryPath()
  const clock = createManualClock(closesAt + minuteMs)
  const before = await setStage({ path, clock })
  await setHours(before, shopHours)
  await before.operator('ann', true)
  expect(before.state()).toBe('offline hours')
  await before.world.close()

  const lines: string[] = []
  const log = createLog({ write: (line) => void lines.push(line) })
  const zoneOffset = (zone: string): number => {
    throw new RangeError(`invalid time zone specified: ${zone}`)
  }
  const after = await setStage({ path, clock, zoneOffset, log })
  await after.operator('ann', true)
  expect(after.state()).toBe('online available')
  await clock.advance(5 * minuteMs)
  expect(after.state()).toBe('online available')
  expect(lines).toEqual([expect.stringContaining('"site":"shop"')])
})

it('after a restart hours are looked at anew, and revisions go on', async () => {
  const path = temporaryPath()
  const clock = createManualClock(closesAt - minuteMs)
  const before = await setStage({ path, clock })
  await setHours(before, shopHours)
  await before.operator('ann', true)
  const { rev } = before.world.domain.availability.get('shop')
  await before.world.close()
  await clock.advance(2 * minuteMs)

  const after = await setStage({ path, clock })
  await after.operator('ann')
  await clock.advance(2_000)
  expect(after.world.domain.availability.get('shop')).toMatchObject({ state: 'offline', reason: 'hours', opensAt })
  expect(after.world.domain.availability.get('shop').rev).toBeGreaterThan(rev)
})
