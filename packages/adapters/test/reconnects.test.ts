import { expect, it } from 'vitest'
import { aPage, aShop, storedIn, textsOf } from './page.js'

it('a page that comes back a thousand times, now and then in mid-send, ends with the timers and listeners that it began with', async () => {
  const { backend } = aShop()
  const page = aPage(backend)
  await page.open()
  void page.chat.send('0')
  await page.env.advance(60_000)
  const held = () => [page.env.timerCount(), page.env.listenerCount()]
  const before = held()
  const texts = ['0']
  let attempts = 0
  page.chat.$connection.listen(({ state }) => {
    if (state === 'connecting') attempts++
  })
  for (let cut = 1; cut <= 1_000; cut++) {
    if (cut % 100 === 0) {
      texts.push(String(cut))
      void page.chat.send(String(cut))
    }
    backend.cut()
    await page.env.advance(0)
    backend.restore()
    page.env.setOnline(true)
    await page.env.advance(10)
  }
  await page.env.advance(60_000)
  expect(attempts).toBe(1_000)
  expect(held()).toEqual(before)
  expect([storedIn(backend), textsOf(page.chat)]).toEqual([texts, texts])
})
