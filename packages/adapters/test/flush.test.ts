import type { ChatAdapter, Leftovers } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { describe, expect, it } from 'vitest'
import { memoryAdapter } from '../src/memory/memory-adapter.js'
import { porchlightAdapter } from '../src/porchlight/porchlight-adapter.js'
import { aPage, aShop, type Page } from './page.js'

/** A page whose last words are listened to, and which hears nothing from its backend any more once that is cut. */
async function aListenedPage() {
  const { backend, ben } = aShop()
  const heard: Leftovers[] = []
  const adapter: ChatAdapter = { ...memoryAdapter({ backend }), flush: (left) => void heard.push(left) }
  const page = aPage(backend, memoryEnv({ storageDelayMs: 1 }), { adapter })
  await page.open()
  void page.chat.send('first')
  await page.env.advance(1_000)
  const textsIn = () => heard.map(({ drafts }) => drafts.map(({ body }) => body['text'])).filter(({ length }) => length > 0)
  return { backend, ben, page, heard, textsIn }
}

const type = async (page: Page, ...texts: string[]) => {
  for (const text of texts) void page.chat.send(text)
  await page.env.advance(100)
}

describe('a page that is left', () => {
  it('hands over what waits, oldest first, with its numbers, and who it is', async () => {
    const { backend, page, heard, textsIn } = await aListenedPage()
    backend.cut()
    await type(page, 'one', 'two')
    page.env.leave()
    expect(textsIn()).toEqual([['one', 'two']])
    expect(heard[0]).toMatchObject({ saved: { token: expect.any(String) }, device: expect.any(String), drafts: [{ n: 2 }, { n: 3 }] })
  })

  it('hands over nothing where everything is said', async () => {
    const { ben, backend, page, heard } = await aListenedPage()
    ben.reply(ben.conversations()[0]!.c, 'Hi')
    await page.env.advance(2_000)
    page.env.setVisible(false)
    page.env.leave()
    expect([heard, backend.requests()]).toEqual([[], []])
  })

  it('says how far it was read within the second that it would have waited', async () => {
    const { ben, page, heard } = await aListenedPage()
    ben.reply(ben.conversations()[0]!.c, 'Hi')
    await page.env.advance(10)
    page.chat.markRead()
    page.env.leave()
    const [{ c } = { c: '' }] = ben.conversations()
    expect(heard).toMatchObject([{ drafts: [], receipts: [{ c, delivered: 3, read: 3 }] }])
  })

  it('hands over a text once while it waits, for it is hidden first and left then', async () => {
    const { backend, page, textsIn } = await aListenedPage()
    backend.cut()
    await type(page, 'one')
    page.env.setVisible(false)
    page.env.leave()
    expect(textsIn()).toEqual([['one']])
    page.env.comeBack()
    await type(page, 'two')
    page.env.leave()
    expect(textsIn()).toEqual([['one'], ['one', 'two']])
  })

  it('keeps to itself what was refused, what is not kept on the device yet, and everything while there is no network', async () => {
    const { backend, page, heard } = await aListenedPage()
    backend.cut()
    void page.chat.send('not kept yet')
    page.env.leave()
    page.env.comeBack()
    await page.env.advance(10)
    page.env.setOnline(false)
    page.env.leave()
    expect(heard).toEqual([])
  })

  it('may have been heard: as another visitor it does not send the text again by itself', async () => {
    const { backend, page, textsIn } = await aListenedPage()
    backend.cut()
    await type(page, 'one')
    const other = page.newTab()
    page.env.setVisible(false)
    expect(textsIn()).toEqual([['one']])
    void other.chat.reset()
    await page.env.advance(10_000)
    backend.restore()
    page.env.setVisible(true)
    await page.env.advance(60_000)
    expect(page.chat.$messages.get().map(({ body, failure }) => [body['text'], failure])).toEqual([['one', 'timeout']])
  })
})

describe('what is left on the wire', () => {
  const c = 'c_1'
  const draft = (n: number, text: string) => ({ c, id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`, n, k: 'text', body: { text } })

  function flush(left: Partial<Leftovers>) {
    const calls: { readonly url: string; readonly init: RequestInit }[] = []
    const ask = async (url: string, init: RequestInit) => {
      calls.push({ url, init })
      return new Response('[]')
    }
    const adapter = porchlightAdapter({ server: 'https://chat.example.com', site: 'shop', fetch: ask as typeof fetch })
    adapter.flush?.({ saved: { token: 'plv_x' }, device: 'A'.repeat(22), drafts: [], receipts: [], ...left })
    const frames = () => JSON.parse(String(calls[0]?.init.body)) as Record<string, unknown>[]
    return { calls, frames }
  }

  it('is one simple call that outlives the page: hello, cursors, texts, goodbye, and no secret in the address', () => {
    const { calls, frames } = flush({ drafts: [draft(1, 'one'), draft(2, 'two')], receipts: [{ c, delivered: 2, read: 1 }] })
    expect(frames().map(({ t }) => t)).toEqual(['hello', 'cur', 'pub', 'pub', 'bye'])
    expect(frames()[0]).toEqual({ t: 'hello', v: [1, 1], device: 'A'.repeat(22), token: 'plv_x' })
    expect(calls).toHaveLength(1)
    expect(calls[0]?.url).toBe('https://chat.example.com/v1/frames?site=shop')
    // Without a header of its own and with a text for a body, no preflight stands before it (Fetch Standard, "CORS-safelisted request-header").
    expect(calls[0]?.init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit', body: expect.any(String) })
    expect(calls[0]?.init.headers).toBeUndefined()
  })

  it.each(['x'.repeat(8_000), 'ж'.repeat(8_000), '😀'.repeat(4_000)])('holds at most 48 KiB, the oldest texts first, without a hole', (text) => {
    const drafts = Array.from({ length: 12 }, (_, index) => draft(index + 1, index === 6 ? text : `${text}.`))
    const { calls, frames } = flush({ drafts })
    expect(new TextEncoder().encode(String(calls[0]?.init.body)).length).toBeLessThanOrEqual(49_152)
    const numbers = frames().flatMap(({ t, n }) => (t === 'pub' ? [n] : []))
    expect(numbers.length).toBeGreaterThan(1)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(frames().at(-1)).toEqual({ t: 'bye' })
  })

  it('has no more frames than one post may hold', () => {
    const { frames } = flush({ drafts: Array.from({ length: 100 }, (_, index) => draft(index + 1, 'x')) })
    expect(frames()).toHaveLength(64)
    expect(frames().at(-1)).toEqual({ t: 'bye' })
  })

  it('is kept where nobody is known yet, or an operator is', () => {
    expect(flush({ saved: null, drafts: [draft(1, 'one')] }).calls).toEqual([])
  })
})
