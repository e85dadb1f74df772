import { checkHistory } from '@porchlight/adapters/testing'
import { expect, it } from 'vitest'
import { becomes } from '../faults/layer.js'
import { textsOf, useWays } from './ways.js'

// Five minutes of the server are five seconds of the page, in which it does not notice that nothing comes.
const ways = useWays({ speed: 60, pageSpeed: 1 })
const quickly = { interval: 5, timeout: 10_000 }
const minuteMs = 60_000

it('T13: a drop that a page notices five minutes after the server did: everything that was said in them is there, once and in order', async () => {
  const visit = await ways.visit('t13')
  const { page, proxy, history } = visit
  await page.say('first')
  await expect.poll(() => [page.chat.$connection.get().state, page.chat.$outbox.get().count], quickly).toEqual(['open', 0])
  let drops = 0
  page.chat.$connection.listen(({ state }) => {
    if (state !== 'open') drops++
  })

  proxy.blackHole('both')
  const startedAt = ways.clock.now()
  const texts = ['first']
  for (let minute = 0; minute <= 5; minute++) {
    await becomes(() => ways.clock.now() >= startedAt + minute * minuteMs)
    texts.push(`in minute ${minute}`)
    await visit.answer(texts.at(-1) as string)
  }
  expect([drops, visit.shown()]).toEqual([0, ['first']])

  proxy.cut()
  proxy.restore()
  await expect.poll(visit.shown, quickly).toEqual(texts)
  await page.say('last')
  await expect.poll(() => page.chat.$outbox.get().count, quickly).toBe(0)
  const rows = await visit.stored()
  expect(textsOf(rows)).toEqual([...texts, 'last'])
  history.record('server', { type: 'rows', c: visit.c(), epoch: 'one', rows: rows.map(({ order, id, by }) => ({ seq: order, id, by: by.id })) })
  expect(checkHistory(history.entries())).toEqual([])
}, 60_000)
