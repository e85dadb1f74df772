import { describe, expect, it } from 'vitest'
import { aPage, aShop, type Page } from './page.js'

const hourMs = 3_600_000

function activeAt({ env }: Page): unknown {
  return env.storage('porchlight:memory').small.read('activeAt')
}

/** A page of somebody who has written once. */
async function aVisit() {
  const { backend, ben } = aShop()
  const page = aPage(backend)
  await page.open()
  void page.chat.send('Hello')
  await page.env.advance(100)
  return { page, ben, backend, reply: (text: string) => ben.reply(ben.conversations()[0]!.c, text) }
}

describe('the time of the last sign of life', () => {
  it('is that of a reply that this browser received, too', async () => {
    const { page, reply } = await aVisit()
    await page.env.advance(2 * hourMs)
    reply('Sorry for the delay')
    await page.env.advance(100)
    expect(page.env.now() - Number(activeAt(page))).toBeLessThanOrEqual(100)
  })

  it('is that of a reply which was fetched after a time away, but not of one that was there before', async () => {
    const { page, reply } = await aVisit()
    page.chat.close()
    reply('Are you there?')
    await page.env.advance(2 * hourMs)
    const next = page.reload()
    await next.open()
    expect(next.env.now() - Number(activeAt(next))).toBeLessThan(1_000)
    const fetchedAt = activeAt(next)
    await next.env.advance(hourMs)
    const later = next.reload()
    await later.open()
    expect(later.chat.$unread.get()).toBe(1)
    expect(activeAt(later)).toBe(fetchedAt)
  })

  it('is written at most once a minute for what arrives, in all tabs together', async () => {
    const { page, reply } = await aVisit()
    const other = page.newTab()
    await other.open()
    const written = new Set([activeAt(page)])
    for (let second = 0; second < 180; second++) {
      reply(`reply ${second}`)
      await page.env.advance(1_000)
      written.add(activeAt(page))
    }
    expect(written.size).toBe(3)
  })

  it('is that of what the visitor does, at once', async () => {
    const { page } = await aVisit()
    await page.env.advance(10_000)
    void page.chat.send('One more thing')
    expect(activeAt(page)).toBe(page.env.now())
    await page.env.advance(10_000)
    void page.chat.leaveRequest({ email: 'ann@example.com', text: 'Write to me' })
    await page.env.advance(100)
    expect(page.env.now() - Number(activeAt(page))).toBeLessThanOrEqual(100)
  })

  it('is not kept where nothing was said', async () => {
    const { backend } = aShop()
    const page = aPage(backend)
    await page.open()
    page.chat.setDraft('half a thou')
    await page.env.advance(1_000)
    expect(activeAt(page)).toBeUndefined()
  })
})
