import type { ChatAdapter, SessionEvent } from '@porchlight/core'
import { type MemoryDisk, memoryEnv } from '@porchlight/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, aShop, type Page, storedIn } from './page.js'

const request = { email: 'ann@example.com', text: 'Where is my parcel?' }

/** What a visitor, an operator, the network and the page may do before the end. */
const acts: Readonly<Record<string, (page: Page, shop: ReturnType<typeof aShop>) => unknown>> = {
  open: ({ chat }) => chat.open(),
  close: ({ chat }) => chat.close(),
  send: ({ chat }) => chat.send('text'),
  draft: ({ chat }) => chat.setDraft('half a thou'),
  edit: ({ chat }) => chat.editRequest({ name: 'Ann' }),
  request: ({ chat }) => chat.leaveRequest(request),
  older: ({ chat }) => chat.loadOlder(),
  read: ({ chat }) => chat.markRead(),
  reset: ({ chat }) => chat.reset(),
  reply: (_, { backend, ben }) => backend.logs().map(({ c }) => ben.reply(c, 'reply')),
  typing: (_, { backend, ben }) => backend.logs().map(({ c }) => ben.typing(c, true)),
  leave: (_, { ben }) => ben.available(false),
  cut: (_, { backend }) => backend.cut(),
  restore: (_, { backend }) => backend.restore(),
  hide: ({ env }) => env.setVisible(false),
  wake: ({ env }) => env.setVisible(true),
  offline: ({ env }) => env.setOnline(false),
  online: ({ env }) => env.setOnline(true)
}

/** Whatever could still move a chat that is not there any more. */
async function stir({ env }: Page, { backend, ben }: ReturnType<typeof aShop>): Promise<void> {
  backend.restore()
  ben.available(true)
  for (const { c } of backend.logs()) ben.reply(c, 'too late')
  for (const visible of [false, true]) env.setVisible(visible)
  for (const online of [false, true]) env.setOnline(online)
  env.leave()
  env.comeBack()
  await env.advance(600_000)
}

describe('a chat that was destroyed', () => {
  it('leaves no timer and no listener, writes nothing and shows nothing new, whatever went before and comes after', async () => {
    const walks = fc.array(fc.tuple(fc.constantFrom(...Object.keys(acts)), fc.nat(400)), { maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(walks, fc.constantFrom(1, 40), async (walk, storageDelayMs) => {
        const shop = aShop()
        const disk: MemoryDisk = new Map()
        const tab: MemoryDisk = new Map()
        const page = aPage(shop.backend, memoryEnv({ disk, tab, storageDelayMs }))
        for (const [name, waitMs] of walk) {
          Promise.resolve(acts[name]!(page, shop)).catch(() => undefined)
          await page.env.advance(waitMs)
        }
        page.chat.destroy()
        expect(page.env.listenerCount()).toBe(0)
        // What was being written is written to its end.
        await page.env.advance(storageDelayMs * 20)
        expect(page.env.timerCount()).toBe(0)
        const kept = JSON.stringify([[...disk], [...tab]])
        const errors = page.errors.length
        let changes = 0
        for (const [name, store] of Object.entries(page.chat)) if (name.startsWith('$')) store.listen(() => changes++)
        await stir(page, shop)
        expect([changes, page.errors.length, page.env.timerCount(), page.env.listenerCount()]).toEqual([0, errors, 0, 0])
        expect(JSON.stringify([[...disk], [...tab]])).toBe(kept)
      }),
      { numRuns: 150 }
    )
  }, 60_000)

  it('keeps on the device what was sent in its last moment', async () => {
    const { backend } = aShop()
    const page = aPage(backend)
    await page.open()
    void page.chat.send('last words')
    page.chat.destroy()
    await page.env.advance(1_000)
    expect(storedIn(backend)).toEqual([])
    const next = page.reload()
    await next.open()
    await next.env.advance(1_000)
    expect(storedIn(backend)).toEqual(['last words'])
  })

  it('while it was reading writes nothing over what it would have read', async () => {
    const { backend } = aShop()
    const page = aPage(backend, memoryEnv({ storageDelayMs: 40 }))
    page.chat.setDraft('kept by an earlier page')
    void page.chat.open()
    await page.env.advance(1_000)
    const next = page.reload()
    next.chat.setDraft('not read yet')
    void next.chat.open()
    await next.env.advance(10)
    next.chat.destroy()
    await next.env.advance(1_000)
    expect(next.env.storage('porchlight:memory').tab.read('draft')).toMatchObject({ text: 'kept by an earlier page' })
  })

  it('while it was looking for what other tabs began takes nothing up', async () => {
    const { backend } = aShop()
    const first = aPage(backend)
    await first.open()
    const second = first.newTab()
    await second.open()
    void first.chat.send('hello')
    await first.env.advance(1_000)
    second.env.setVisible(true)
    second.chat.destroy()
    await second.env.advance(1_000)
    expect(second.chat.$conversation.get()).toBeNull()
  })

  it('hears nothing of an adapter that goes on talking', async () => {
    const { backend } = aShop()
    const inner = memoryAdapter({ backend })
    let emit: ((event: SessionEvent) => void) | undefined
    const talkative: ChatAdapter = {
      ...inner,
      connect: (context) => {
        emit = context.emit
        return inner.connect(context)
      }
    }
    const page = aPage(backend, undefined, { adapter: talkative })
    await page.open()
    page.chat.destroy()
    const before = page.chat.$availability.get()
    emit?.({ type: 'availability', availability: { rev: 99, state: 'busy', reason: 'full' } })
    emit?.({ type: 'saved', saved: { token: 'late' } })
    await page.env.advance(1_000)
    expect(page.chat.$availability.get()).toBe(before)
    expect(page.env.storage('porchlight:memory').small.read('saved')).not.toEqual({ token: 'late' })
  })

  it('refuses what would be lost, and takes everything else without a word', async () => {
    const { backend } = aShop()
    const page = aPage(backend)
    await page.open()
    const opening = page.chat.open()
    page.chat.destroy()
    await expect(opening).resolves.toBeUndefined()
    for (const verb of [() => page.chat.send('x'), () => page.chat.leaveRequest(request), () => page.chat.reset()]) {
      await expect(verb()).rejects.toMatchObject({ name: 'ChatError', code: 'invalid' })
    }
    await expect(page.chat.open()).resolves.toBeUndefined()
    await expect(page.chat.loadOlder()).resolves.toBeUndefined()
    page.chat.setDraft('x')
    page.chat.editRequest({ name: 'x' })
    page.chat.resend('x')
    page.chat.discard('x')
    page.chat.markRead()
    page.chat.chooseMode('request')
    page.chat.newRequest()
    page.chat.close()
    page.chat.destroy()
    await page.env.advance(100)
    expect([page.env.timerCount(), page.env.listenerCount()]).toEqual([0, 0])
  })
})
