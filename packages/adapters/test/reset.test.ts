import { describe, expect, it } from 'vitest'
import { aPage, aShop, textsOf } from './page.js'

describe('a reset', () => {
  it('forgets the visitor, says how many texts it dropped, and begins again as somebody else', async () => {
    const { backend } = aShop()
    const page = aPage(backend)
    await page.open()
    void page.chat.send('one')
    await page.env.advance(100)
    backend.cut()
    void page.chat.send('two')
    page.chat.setDraft('thr')
    await page.env.advance(1_000)
    let dropped: number | undefined
    void page.chat.reset().then((count) => {
      dropped = count
    })
    await page.env.advance(5_000)
    expect(dropped).toBe(2)
    expect(page.chat.$messages.get()).toEqual([])
    expect(page.chat.$draft.get()).toBe('')
    expect(page.chat.$conversation.get()).toBeNull()
    backend.restore()
    await page.open()
    void page.chat.send('somebody else')
    await page.env.advance(1_000)
    expect(textsOf(page.chat)).toEqual(['somebody else'])
    expect(new Set(backend.logs().map(({ visitor }) => visitor.id)).size).toBe(2)
  })

  it('leaves nothing on the device', async () => {
    const { backend } = aShop()
    const page = aPage(backend)
    await page.open()
    void page.chat.send('secret')
    page.chat.setDraft('more of it')
    await page.env.advance(1_000)
    void page.chat.reset()
    await page.env.advance(5_000)
    const next = page.reload()
    await next.open()
    expect(textsOf(next.chat)).toEqual([])
    expect(next.chat.$draft.get()).toBe('')
  })
})
