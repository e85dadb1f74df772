import { once } from 'node:events'
import { checkHistory } from '@porchlight/adapters/testing'
import type { Message } from '@porchlight/core'
import { describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { textsOf, useWays, type Visit } from './ways.js'

const ways = useWays()
const quickly = { interval: 5, timeout: 20_000 }
// Longer than what its tests wait for.
vi.setConfig({ testTimeout: 30_000 })
/** What a busy machine may add to a time on the fast clock. */
const lateMs = 6_000

/** A visit whose first text is stored. */
async function talk(name: string): Promise<Visit> {
  const visit = await ways.visit(name)
  await visit.page.say('first')
  await settled(visit)
  return visit
}

async function settled({ page }: Visit): Promise<void> {
  await expect.poll(() => [page.chat.$connection.get().state, page.chat.$outbox.get().count], quickly).toEqual(['open', 0])
}

/** Nothing waits, the page shows what the server holds, and no instant of it broke a promise. */
async function expectWhole(visit: Visit, texts: readonly string[]): Promise<readonly Message[]> {
  await settled(visit)
  const stored = await visit.stored()
  expect(textsOf(stored)).toEqual(texts)
  await expect.poll(visit.shown, quickly).toEqual(texts)
  const rows = stored.map(({ order, id, by }) => ({ seq: order, id, by: by.id }))
  visit.history.record('server', { type: 'rows', c: visit.c(), epoch: 'one', rows })
  expect(checkHistory(visit.history.entries())).toEqual([])
  return stored
}

const state = ({ page }: Visit) => page.chat.$connection.get().state
const waitsUp = ({ proxy }: Visit) => expect.poll(proxy.waitingBytes, quickly).toBeGreaterThan(0)

describe('a text on its way', () => {
  it('T1: a socket that is cut after the text was sent and before the server reads it leaves one row and one bubble', async () => {
    const visit = await talk('t1')
    visit.proxy.stall('up')
    await visit.page.say('cut')
    await waitsUp(visit)
    visit.proxy.cut()
    visit.proxy.restore()
    await expectWhole(visit, ['first', 'cut'])
  })

  it('T1: a text that reaches the server after its author has sent it again over another connection is stored once', async () => {
    const visit = await talk('t1-late')
    visit.proxy.stall('up')
    await visit.page.say('twice')
    await waitsUp(visit)
    // The page gives the connection up; what it said is still on its way.
    visit.page.env.setVisible(true)
    await expect.poll(() => visit.proxy.counts().clients, quickly).toBe(2)
    visit.proxy.restore()
    await expectWhole(visit, ['first', 'twice'])
  })

  it('T2: a text that is stored, and whose answer is lost with the connection, gets its first answer again', async () => {
    const visit = await talk('t2')
    const answered = visit.proxy.withhold('"t":"ack"')
    await visit.page.say('unanswered')
    await answered
    visit.proxy.cut()
    const [, before] = await visit.stored()
    visit.proxy.restore()
    const [, after] = await expectWhole(visit, ['first', 'unanswered'])
    expect(after?.id).toBe(before?.id)
  })

  it('T3: the event of a text may come before its answer, on another connection, or after it: one bubble at every instant', async () => {
    const visit = await talk('t3')
    // The answer is lost; the page hears of its text from the log first.
    const answered = visit.proxy.withhold('"t":"ack"')
    await visit.page.say('event first')
    await answered
    visit.proxy.cut('fin')
    visit.proxy.restore()
    await settled(visit)
    await visit.customer.openTab()
    await visit.page.say('answer first')
    await expectWhole(visit, ['first', 'event first', 'answer first'])
    await expect.poll(() => textsOf(visit.customer.pages()[1]?.chat.$messages.get() ?? []), quickly).toEqual(visit.shown())
  })

  it('T4: twenty texts sent at once over a slow and uneven way, among an operator’s, keep their order', async () => {
    const visit = await talk('t4')
    visit.proxy.shape({ latencyMs: 5, jitterMs: 20, sliceBytes: 40 })
    const own = Array.from({ length: 20 }, (_, index) => `own ${index}`)
    const sent = own.map((text) => visit.page.say(text))
    for (let index = 0; index < 8; index++) await visit.answer(`answer ${index}`)
    await Promise.all(sent)
    await settled(visit)
    const texts = textsOf(await visit.stored())
    await expectWhole(visit, texts)
    expect(texts.filter((text) => text.startsWith('own'))).toEqual(own)
    expect(texts.filter((text) => text.startsWith('answer'))).toHaveLength(8)
  })
})

/** How long the ends of the connection that stands now take to give it up, on the fast clock. Infinite: not yet. */
function detection({ proxy, page }: Visit): { readonly clientMs: () => number; readonly serverMs: () => number; readonly stop: () => void } {
  const startedAt = ways.clock.now()
  let clientMs = Number.POSITIVE_INFINITY
  let serverMs = Number.POSITIVE_INFINITY
  const stop = page.chat.$connection.listen(({ state }) => {
    if (state !== 'open') clientMs = Math.min(clientMs, ways.clock.now() - startedAt)
  })
  void proxy.serverEnds().then(() => {
    serverMs = ways.clock.now() - startedAt
  })
  return { clientMs: () => clientMs, serverMs: () => serverMs, stop }
}

/** Both ends have given up what is dead, in time. */
async function expectFound({ clientMs, serverMs, stop }: ReturnType<typeof detection>): Promise<void> {
  await expect.poll(() => Number.isFinite(clientMs() + serverMs()), quickly).toBe(true)
  stop()
  expect([clientMs(), serverMs()].filter((foundMs) => foundMs > 30_000 + lateMs)).toEqual([])
}

describe('a connection that is dead and does not say so', () => {
  it('T8: nothing passes in either direction: both ends find out within 30 s, and what was missed is there', async () => {
    const visit = await talk('t8')
    visit.proxy.blackHole('both')
    const lost = detection(visit)
    await visit.page.say('into the hole')
    await visit.answer('meanwhile')
    // Whoever comes now gets through; the old connection stays in the hole.
    visit.proxy.restore()
    await expectFound(lost)
    await expect.poll(() => visit.proxy.counts().servers, quickly).toBe(1)
    await expectWhole(visit, ['first', 'meanwhile', 'into the hole'])
  })

  it('T9: only what the server says is lost, while texts still reach it: found out within 30 s, and nothing is doubled', async () => {
    const visit = await talk('t9')
    visit.proxy.blackHole('down')
    const lost = detection(visit)
    for (const text of ['one', 'two', 'three']) await visit.page.say(text)
    await expect.poll(async () => textsOf(await visit.stored()), quickly).toEqual(['first', 'one', 'two', 'three'])
    expect(visit.page.chat.$outbox.get().count).toBe(3)
    visit.proxy.restore()
    await expectFound(lost)
    await expectWhole(visit, ['first', 'one', 'two', 'three'])
  })

  it('T10: only what the page says is lost: the server ends the connection within 30 s, and what waited is sent again', async () => {
    const visit = await talk('t10')
    visit.proxy.blackHole('up')
    const lost = detection(visit)
    await visit.page.say('unheard')
    visit.proxy.restore()
    await expectFound(lost)
    await expectWhole(visit, ['first', 'unheard'])
  })

  it('T11: a new connection does not wait until the old one is closed', async () => {
    const visit = await talk('t11')
    visit.proxy.blackHole('both')
    visit.proxy.restore()
    await visit.page.say('over the new one')
    visit.page.env.setVisible(true)
    await settled(visit)
    expect(visit.proxy.counts().servers).toBe(2)
    await expectWhole(visit, ['first', 'over the new one'])
  })
})

it('T23: a page that comes back again and again while somebody writes misses nothing and doubles nothing', async () => {
  const visit = await talk('t23')
  const answers = Array.from({ length: 60 }, (_, index) => `answer ${index}`)
  for (const [index, text] of answers.entries()) {
    const stored = visit.answer(text)
    if (index % 5 === 0) {
      visit.proxy.cut(index % 2 === 0 ? 'rst' : 'fin')
      visit.proxy.restore()
    }
    if (index % 5 === 2) visit.page.env.setOnline(true)
    await stored
  }
  await expectWhole(visit, ['first', ...answers])
})

it('T24: sockets are forbidden in mid-send and allowed again: each text once, in order', async () => {
  const visit = await talk('t24')
  const texts = ['first']
  for (const isBlocked of [true, false, true, false]) {
    visit.page.network.blockSockets(isBlocked)
    for (const part of ['a', 'b', 'c']) {
      texts.push(`${texts.length}${part}`)
      void visit.page.say(texts.at(-1) as string)
    }
    visit.proxy.cut()
    visit.proxy.restore()
    await expect.poll(() => state(visit), quickly).toBe('open')
  }
  await expectWhole(visit, texts)
})

it('T50: a request whose answer is lost five times is one request, under the reference that is shown at last', async () => {
  const visit = await talk('t50')
  const { chat, env } = visit.page
  for (let time = 1; time <= 5; time++) {
    const lost = visit.proxy.lose('"reference"')
    if (time === 1) void chat.leaveRequest({ name: 'Ann', email: 'ann@example.com', text: 'Where is my parcel?' })
    await lost
    visit.proxy.cut()
    visit.proxy.restore()
    env.setOnline(true)
  }
  await expect.poll(() => chat.$request.get().state, quickly).toBe('accepted')
  const { requests } = (await ways.world.read('/api/sites/t50/requests')) as { readonly requests: readonly { readonly reference: string }[] }
  expect(requests.map(({ reference }) => reference)).toEqual([chat.$request.get().receipt?.reference])
})

it('T72: a thousand sockets that never say hello are closed after 10 s, and others talk meanwhile', async () => {
  const visit = await talk('t72')
  const opened = Array.from({ length: 1_000 }, async () => {
    // From before the server can know of it: on a busy machine a page hears late that its connection stands.
    const startedAt = ways.clock.now()
    const socket = new WebSocket(`ws://127.0.0.1:${ways.world.port}/v1/socket?site=t72`, 'porchlight.v1', { origin: 'http://localhost:8080' })
    const [code] = await once(socket, 'close')
    return { code, afterMs: ways.clock.now() - startedAt }
  })
  await visit.page.say('among a thousand')
  const closed = await Promise.all(opened)
  expect(closed.filter(({ code }) => code !== 4408)).toEqual([])
  expect(Math.min(...closed.map(({ afterMs }) => afterMs))).toBeGreaterThan(9_900)
  await expectWhole(visit, ['first', 'among a thousand'])
}, 30_000)
