import { checkHistory } from '@porchlight/adapters/testing'
import { expect, it } from 'vitest'
import { textsOf, useWays, type Visit } from './ways.js'

const ways = useWays()
const quickly = { interval: 5, timeout: 20_000 }

/** A page that is offline, in a conversation that has begun. */
async function away(name: string): Promise<Visit> {
  const visit = await ways.visit(name)
  await visit.page.say('first')
  await expect.poll(() => visit.page.chat.$outbox.get().count, quickly).toBe(0)
  return visit
}

/** What the server holds is what the page shows, and no instant of it broke a promise. */
async function expectWhole({ history, stored, shown, c }: Visit, count: number): Promise<void> {
  const rows = await stored()
  expect(textsOf(rows)).toHaveLength(count)
  await expect.poll(shown, quickly).toEqual(textsOf(rows))
  history.record('server', { type: 'rows', c: c(), epoch: 'one', rows: rows.map(({ order, id, by }) => ({ seq: order, id, by: by.id })) })
  expect(checkHistory(history.entries())).toEqual([])
}

it('T12: 500 answers that a page missed while it was offline are fetched page by page, without a hole at any instant', async () => {
  const visit = await away('t12')
  visit.page.env.setOnline(false)
  visit.proxy.cut()
  for (let part = 0; part < 10; part++) await Promise.all(Array.from({ length: 50 }, (_, index) => visit.answer(`missed ${part * 50 + index}`)))
  // As the page shows it, each time that something changes: how much it has, and whether it knows of more.
  const seen: string[] = []
  visit.page.chat.$conversation.listen((shown) => seen.push(`${visit.page.chat.$messages.get().length} ${shown?.isBehind ? 'loads' : 'has all'}`))
  visit.proxy.restore()
  visit.page.env.setOnline(true)
  await expectWhole(visit, 501)
  expect(seen[0]).toMatch(/loads/)
  expect([...new Set(seen)].filter((shown) => !shown.endsWith('loads'))).toEqual([`${visit.page.chat.$messages.get().length} has all`])
}, 60_000)

it('T21: a chat that was closed while a page was away is shown closed as soon as the page is back, and what is written then opens it again, once', async () => {
  const visit = await away('t21')
  const { chat, env } = visit.page
  env.setOnline(false)
  visit.proxy.cut()
  await visit.answer('I close this')
  await ways.world.change(`/api/sites/t21/conversations/${visit.c()}`, { state: 'closed' })
  const states: (string | undefined)[] = []
  chat.$connection.listen(({ state }) => state === 'open' && states.push(chat.$conversation.get()?.state))
  visit.proxy.restore()
  env.setOnline(true)
  await expect.poll(() => chat.$conversation.get()?.state, quickly).toBe('closed')
  // Whoever sees the connection stand sees the chat closed: nothing can be typed in between.
  expect(states).toEqual(['closed'])
  await visit.page.say('one more thing')
  await expect.poll(() => chat.$outbox.get().count, quickly).toBe(0)
  await expectWhole(visit, 3)
  await expect.poll(() => chat.$conversation.get()?.state, quickly).toBe('open')
})
