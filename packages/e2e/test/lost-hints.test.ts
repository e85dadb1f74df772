import { checkHistory } from '@porchlight/adapters/testing'
import { limits } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { textsOf, useWays } from './ways.js'

const ways = useWays()
const quickly = { interval: 5, timeout: 10_000 }
/** Once a ping has told of it, what is missing is fetched: a way there and back, on a clock that runs ahead. */
const fetchMs = 4_000

it('T16: of thirty answers every tenth is lost on its way while the connection stands, and so is the last: each gap is filled within one ping', async () => {
  const visit = await ways.visit('t16')
  const { page, proxy, history } = visit
  await page.say('first')
  await expect.poll(() => page.chat.$outbox.get().count, quickly).toBe(0)

  const texts = ['first']
  for (let count = 1; count <= 30; count++) {
    const text = `answer ${count}.`
    const lost = count % 10 === 0 ? proxy.loseFrame(text) : undefined
    await visit.answer(text)
    await lost
    texts.push(text)
  }
  const startedAt = ways.clock.now()
  await expect.poll(visit.shown, quickly).toEqual(texts)
  expect(ways.clock.now() - startedAt).toBeLessThan(limits.visitorPingMs + fetchMs)
  const rows = await visit.stored()
  expect(textsOf(rows)).toEqual(texts)
  history.record('server', { type: 'rows', c: visit.c(), epoch: 'one', rows: rows.map(({ order, id, by }) => ({ seq: order, id, by: by.id })) })
  expect(checkHistory(history.entries())).toEqual([])
})
