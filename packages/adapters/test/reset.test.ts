import { type MemoryDisk, memoryEnv } from '@porchlight/core/testing'
import { describe, expect, it } from 'vitest'
import { createMemoryBackend, type MemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, aShop, type Page, textsOf } from './page.js'

/** A page whose disk and tab storage can be looked at. */
function aWatchedPage(storageDelayMs = 1): {
  readonly page: Page
  readonly records: () => string[]
  readonly backend: MemoryBackend
  readonly disk: MemoryDisk
} {
  const disk: MemoryDisk = new Map()
  const tab: MemoryDisk = new Map()
  const { backend } = aShop()
  return { page: aPage(backend, memoryEnv({ disk, tab, storageDelayMs })), records: () => [...disk.keys(), ...tab.keys()], backend, disk }
}

async function reset({ env, chat }: Page): Promise<number | undefined> {
  let dropped: number | undefined
  void chat.reset().then((count) => {
    dropped = count
  })
  await env.advance(5_000)
  return dropped
}

const request = { name: 'Ann', email: 'ann@example.com', text: 'Where is my parcel?' }

describe('a reset', () => {
  it('forgets the visitor, and begins again as somebody else', async () => {
    const { page, backend } = aWatchedPage()
    await page.open()
    void page.chat.send('one')
    await page.env.advance(100)
    await reset(page)
    expect(page.chat.$messages.get()).toEqual([])
    expect(page.chat.$conversation.get()).toBeNull()
    expect(page.chat.$outbox.get()).toEqual({ count: 0, isFull: false })
    await page.open()
    void page.chat.send('somebody else')
    await page.env.advance(1_000)
    expect(textsOf(page.chat)).toEqual(['somebody else'])
    expect(new Set(backend.logs().map(({ visitor }) => visitor.id)).size).toBe(2)
  })

  it('leaves no record of any kind, also a moment later', async () => {
    const { page, records } = aWatchedPage()
    await page.open()
    void page.chat.send('secret')
    await page.env.advance(1_000)
    page.chat.setDraft('more of it')
    page.chat.editRequest({ name: 'Ann' })
    expect(records().length).toBeGreaterThan(3)
    let atOnce: string[] | undefined
    void page.chat.reset().then(() => {
      atOnce = records()
    })
    await page.env.advance(100_000)
    expect(atOnce).toEqual([])
    expect(records()).toEqual([])
    expect(page.env.timerCount()).toBe(0)
  })

  it.each([0, 1, 2, 3, 5, 8, 13])('leaves no record although texts and requests were on their way, %i ms after', async (afterMs) => {
    const { page, records } = aWatchedPage()
    await page.open()
    void page.chat.send('one')
    void page.chat.leaveRequest(request)
    page.chat.setDraft('draft')
    await page.env.advance(afterMs)
    await reset(page)
    await page.env.advance(60_000)
    expect(records()).toEqual([])
    expect(page.chat.$request.get()).toEqual({ state: 'idle', fields: {}, problems: {}, receipt: null })
  })

  it('counts texts that waited, requests that were held, and what was being typed', async () => {
    const { page, backend } = aWatchedPage()
    await page.open()
    backend.cut()
    page.env.setOnline(false)
    void page.chat.send('one')
    void page.chat.send('two')
    void page.chat.leaveRequest(request)
    await page.env.advance(1_000)
    expect(page.chat.$request.get().state).toBe('held')
    page.chat.setDraft('three')
    expect(await reset(page)).toBe(4)
    expect(await reset(page)).toBe(0)
  })

  it('counts a question once, though it stands in the composer and in a request on its way', async () => {
    const { page, backend } = aWatchedPage()
    await page.open()
    backend.cut()
    page.env.setOnline(false)
    void page.chat.leaveRequest(request)
    await page.env.advance(1_000)
    expect(page.chat.$draft.get()).toBe(request.text)
    expect(await reset(page)).toBe(1)
  })

  it('counts what an earlier page left, without being opened', async () => {
    const { page, backend, records } = aWatchedPage()
    await page.open()
    backend.cut()
    page.env.setOnline(false)
    void page.chat.send('one')
    void page.chat.leaveRequest(request)
    await page.env.advance(1_000)
    page.chat.setDraft('two')
    const next = page.reload()
    expect(await reset(next)).toBe(3)
    expect(records()).toEqual([])
  })

  it('of a chat that was never used writes nothing and connects to nothing', async () => {
    const env = memoryEnv()
    const backend = createMemoryBackend()
    let writes = 0
    let attempts = 0
    const storage = (name: string) => {
      const made = env.storage(name)
      const count = <T extends unknown[], R>(write: (...parameters: T) => R) => {
        return (...parameters: T): R => {
          writes++
          return write(...parameters)
        }
      }
      return {
        ...made,
        large: { ...made.large, update: count(made.large.update) },
        small: { ...made.small, write: count(made.small.write) },
        tab: { ...made.tab, write: count(made.tab.write) }
      }
    }
    const adapter = memoryAdapter({ backend })
    const connect: typeof adapter.connect = (context) => {
      attempts++
      return adapter.connect(context)
    }
    const page = aPage(backend, { ...env, storage }, { adapter: { ...adapter, connect } })
    expect(await reset(page)).toBe(0)
    expect([writes, attempts, env.timerCount()]).toEqual([0, 0, 0])
    expect(page.chat.$connection.get().state).toBe('idle')
  })

  it.each([0, 5, 15, 25])('keeps what is typed after the composer was emptied, also when the page dies %i ms later', async (laterMs) => {
    const { page } = aWatchedPage(10)
    await page.open()
    page.chat.setDraft('before')
    void page.chat.reset()
    while (page.chat.$draft.get() !== '') await page.env.advance(1)
    page.chat.setDraft('after')
    await page.env.advance(laterMs)
    const next = page.reload()
    await next.open()
    expect(next.chat.$draft.get()).toBe('after')
  })

  it('of a chat that is not used stores nothing that is typed', async () => {
    const { page, records } = aWatchedPage()
    await page.open()
    await reset(page)
    page.chat.setDraft('nobody asked for a chat')
    await page.env.advance(1_000)
    expect(records()).toEqual([])
  })

  it('waits at most two seconds for the revocation, with nothing kept here meanwhile, and not at all once it is done', async () => {
    const { page, backend, records } = aWatchedPage(0)
    let answer: (() => void) | undefined
    const revoke = () =>
      new Promise<void>((resolve) => {
        answer = resolve
      })
    const slow = aPage(backend, page.env, { adapter: { ...memoryAdapter({ backend }), revoke } })
    await slow.open()
    let isDone = false
    void slow.chat.reset().then(() => {
      isDone = true
    })
    await slow.env.advance(100)
    expect([records(), slow.chat.$connection.get().state]).toEqual([[], 'closed'])
    await slow.env.advance(1_899)
    expect(isDone).toBe(false)
    await slow.env.advance(1)
    expect(isDone).toBe(true)
    expect(slow.errors).toMatchObject([{ code: 'timeout' }])
    await slow.open()
    void slow.chat.reset()
    await slow.env.advance(10)
    answer?.()
    await slow.env.advance(10)
    // The one that is left watches the age of the last word about who is home.
    expect(slow.env.timerCount()).toBe(1)
  })

  it('revokes what an earlier page was known by, also where no connection stands', async () => {
    const { backend } = aShop()
    const revoked: unknown[] = []
    const adapter = { ...memoryAdapter({ backend }), revoke: async (saved: unknown) => void revoked.push(saved) }
    const page = aPage(backend, undefined, { adapter })
    await page.open()
    const saved = page.env.storage('porchlight:memory').small.read('saved')
    page.chat.close()
    expect(await reset(page.reload())).toBe(0)
    expect(revoked).toEqual([saved])
    expect(saved).toMatchObject({ token: expect.any(String) })
  })

  it.each([
    ['that is refused', () => Promise.reject(new Error('out of order'))],
    [
      'that throws',
      () => {
        throw new Error('out of order')
      }
    ]
  ])('forgets everything with a revocation %s, and says so to the developer', async (_, revoke) => {
    const { page, backend, records } = aWatchedPage()
    const failing = aPage(backend, page.env, { adapter: { ...memoryAdapter({ backend }), revoke } })
    await failing.open()
    expect(await reset(failing)).toBe(0)
    expect(records()).toEqual([])
    expect(failing.errors).toMatchObject([{ message: 'out of order' }])
  })

  it('forgets a request whose answer comes after it', async () => {
    const { page, records, backend } = aWatchedPage()
    let answer: (() => void) | undefined
    const adapter = memoryAdapter({ backend })
    const slow: typeof adapter.connect = async (context) => ({
      ...(await adapter.connect(context)),
      request: ({ id }) =>
        new Promise((resolve) => {
          answer = () => resolve({ id, reference: '7K3M-9QXD', createdAt: 0 })
        })
    })
    const waiting = aPage(backend, page.env, { adapter: { ...adapter, connect: slow } })
    void waiting.chat.leaveRequest(request)
    await page.env.advance(100)
    expect(waiting.chat.$request.get().state).toBe('sending')
    expect(await reset(waiting)).toBe(1)
    answer?.()
    await page.env.advance(1_000)
    expect(waiting.chat.$request.get().state).toBe('idle')
    expect(records()).toEqual([])
  })

  it.each([0, 2, 4, 100, 1_900])('keeps a text that is sent %i ms after it began, for the next visitor', async (afterMs) => {
    const { backend } = aShop()
    const adapter = memoryAdapter({ backend })
    const page = aPage(backend, undefined, { adapter: { ...adapter, revoke: () => new Promise(() => undefined) } })
    await page.open()
    void page.chat.send('one')
    await page.env.advance(100)
    void page.chat.reset()
    await page.env.advance(afterMs)
    void page.chat.send('two')
    await page.env.advance(5_000)
    expect(textsOf(page.chat)).toEqual(['two'])
    expect(backend.logs().map(({ messages }) => messages.length)).toEqual([1, 1])
  })

  it.each([0, 1, 400, 5_000])(
    'takes the transcript from another tab too, %i ms after it was written there, and keeps none of it',
    async (afterMs) => {
      const { page, backend, disk } = aWatchedPage()
      await page.open()
      void page.chat.send('secret')
      await page.env.advance(5_000)
      const other = page.newTab()
      await other.open()
      void other.chat.send('secret again')
      await page.env.advance(100)
      expect(textsOf(other.chat)).toEqual(['secret', 'secret again'])
      await page.env.advance(afterMs)
      await reset(page)
      await page.env.advance(60_000)
      expect(textsOf(other.chat)).toEqual([])
      expect(JSON.stringify([...disk])).not.toContain('secret')
      void other.chat.send('somebody else')
      await page.env.advance(1_000)
      expect(backend.logs().map(({ visitor }) => visitor.id)).toHaveLength(2)
      expect(textsOf(other.chat)).toEqual(['somebody else'])
    }
  )
})
