import { describe, expect, it } from 'vitest'
import { aPage, aShop, type Page, storedIn, textsOf } from './page.js'

/** A page on which a text stood in the composer for so long that the device had it, and was sent a moment ago. */
async function sentJustNow(): Promise<{ readonly page: Page; readonly stored: () => readonly string[] }> {
  const { backend } = aShop()
  const page = aPage(backend)
  await page.open()
  page.chat.setDraft('Hello')
  await page.env.advance(1_000)
  void page.chat.send('Hello')
  await page.env.advance(10)
  return { page, stored: () => storedIn(backend) }
}

describe('a text that was sent stands in no composer', () => {
  it('of its own tab, also after a reload', async () => {
    const { page, stored } = await sentJustNow()
    expect(page.chat.$draft.get()).toBe('')
    const next = page.reload()
    await next.open()
    expect(next.chat.$draft.get()).toBe('')
    expect(stored()).toEqual(['Hello'])
  })

  it('of a tab that is opened in that moment', async () => {
    const { page, stored } = await sentJustNow()
    const other = page.newTab()
    await other.open()
    expect(other.chat.$draft.get()).toBe('')
    expect(textsOf(other.chat)).toEqual(['Hello'])
    page.chat.setDraft('What is typed next')
    await page.env.advance(1_000)
    expect(other.chat.$draft.get()).toBe('What is typed next')
    expect(stored()).toEqual(['Hello'])
  })

  it('of the next visit, where the browser died in that moment', async () => {
    const { page, stored } = await sentJustNow()
    page.env.kill()
    const next = page.newTab()
    await next.open()
    await next.env.advance(1_000)
    expect(next.chat.$draft.get()).toBe('')
    expect(stored()).toEqual(['Hello'])
  })

  it('and what is typed while that is noted is kept', async () => {
    const { page } = await sentJustNow()
    page.chat.setDraft('a second')
    void page.chat.send('a second')
    page.chat.setDraft('a third')
    await page.env.advance(301)
    page.env.kill()
    const next = page.newTab()
    await next.open()
    expect(next.chat.$draft.get()).toBe('a third')
  })
})
