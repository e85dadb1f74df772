import type { ChatAdapter, LogState } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { ChatError } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { createMemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, aShop, storedIn, textsOf } from './page.js'

describe('a chat', () => {
  it('touches nothing before its first use', async () => {
    const { backend } = aShop()
    const env = memoryEnv()
    let touched = 0
    const watched = { ...env, storage: (name: string) => watchedStorage(env.storage(name), () => touched++) }
    const { chat } = aPage(backend, watched)
    chat.setDraft('typed before')
    chat.editRequest({ name: 'Ann' })
    chat.markRead()
    chat.discard('x')
    await env.advance(60_000)
    expect(touched).toBe(0)
    expect(chat.$connection.get().state).toBe('idle')
  })

  it('carries a text to the operator and the answer back', async () => {
    const { backend, ben } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    expect(chat.$availability.get().state).toBe('online')
    expect(chat.$mode.get()).toBe('chat')
    void chat.send('Hello')
    await env.advance(100)
    const [{ c } = { c: '' }] = ben.conversations()
    ben.reply(c, 'Hi, how can I help?')
    await env.advance(100)
    expect(textsOf(chat)).toEqual(['Hello', 'Hi, how can I help?'])
    expect(chat.$conversation.get()?.assignee?.name).toBe('Ben')
  })

  it('connects by itself when something is sent', async () => {
    const { backend } = aShop()
    const { env, chat } = aPage(backend)
    void chat.send('Hello')
    await env.advance(100)
    expect(storedIn(backend)).toEqual(['Hello'])
  })

  it('opens with the first word about who is home', async () => {
    const { backend } = aShop()
    const { env, chat } = aPage(backend)
    let isOpen = false
    void chat.open().then(() => {
      isOpen = true
    })
    await env.advance(10)
    expect(isOpen).toBe(true)
  })

  it('opens after a second although nobody answers', async () => {
    const { backend } = aShop()
    backend.cut()
    const { env, chat } = aPage(backend, memoryEnv())
    let isOpen = false
    void chat.open().then(() => {
      isOpen = true
    })
    await env.advance(999)
    expect(isOpen).toBe(false)
    await env.advance(1)
    expect(isOpen).toBe(true)
    expect(chat.$availability.get().state).toBe('unknown')
    expect(chat.$mode.get()).toBe('chat')
  })

  it('shows how far own messages came', async () => {
    const { backend, ben } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    void chat.send('Hello')
    const states = () => chat.$messages.get().map(({ state }) => state)
    expect(states()).toEqual(['pending'])
    await env.advance(10)
    expect(states()).toEqual(['sent'])
    ben.read(ben.conversations()[0]!.c)
    await env.advance(10)
    expect(states()).toEqual(['read'])
  })

  it('counts what was not seen, and tells the other side when it was', async () => {
    const { backend, ben } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    void chat.send('Hello')
    await env.advance(10)
    const { c } = ben.conversations()[0]!
    ben.reply(c, 'one')
    ben.reply(c, 'two')
    await env.advance(10)
    expect(chat.$unread.get()).toBe(2)
    chat.markRead()
    expect(chat.$unread.get()).toBe(0)
    await env.advance(2_000)
    const receipt = [...backend.logs()[0]!.receipts.values()].find(({ by }) => by.role === 'visitor')
    expect(receipt?.read).toBe(chat.$messages.get().at(-1)?.order)
  })

  it('shows who types, and says when this side does', async () => {
    const { backend, ben } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    void chat.send('Hello')
    await env.advance(10)
    ben.typing(ben.conversations()[0]!.c, true)
    await env.advance(10)
    expect(chat.$typing.get().map(({ name }) => name)).toEqual(['Ben'])
    await env.advance(6_000)
    expect(chat.$typing.get()).toEqual([])
  })

  it('loads older messages on demand, down to the first', async () => {
    const { backend, ben } = aShop()
    const first = aPage(backend)
    await first.open()
    void first.chat.send('v1')
    await first.env.advance(10)
    for (let index = 1; index <= 120; index++) ben.reply(ben.conversations()[0]!.c, `o${index}`)
    const token = first.env.storage('porchlight:memory').small.read('saved')
    const other = aPage(backend)
    other.env.storage('porchlight:memory').small.write('saved', token)
    await other.open()
    expect(other.chat.$messages.get()).toHaveLength(50)
    expect(other.chat.$conversation.get()?.hasOlder).toBe(true)
    for (let page = 0; page < 3; page++) {
      void other.chat.loadOlder()
      expect(other.chat.$conversation.get()?.isLoadingOlder).toBe(page < 2)
      await other.env.advance(10)
    }
    expect(textsOf(other.chat)).toEqual(['v1', ...Array.from({ length: 120 }, (_, index) => `o${index + 1}`)])
    expect(other.chat.$conversation.get()?.hasOlder).toBe(false)
  })

  it('shows a refused message as failed with its reason, sends it again, or drops it', async () => {
    let isRefusing = true
    const backend = createMemoryBackend({ refuse: () => (isRefusing ? 'blocked' : undefined) })
    const { env, chat, open } = aPage(backend)
    await open()
    void chat.send('one')
    void chat.send('two')
    await env.advance(100)
    expect(chat.$messages.get().map(({ state, failure }) => [state, failure])).toEqual([
      ['failed', 'blocked'],
      ['failed', 'blocked']
    ])
    isRefusing = false
    const [one, two] = chat.$messages.get()
    chat.resend(one!.id)
    chat.discard(two!.id)
    await env.advance(100)
    expect(chat.$messages.get().map(({ id, state }) => [id, state])).toEqual([[one!.id, 'sent']])
    expect(storedIn(backend)).toEqual(['one'])
  })

  it('refuses what it cannot take, and says so before anything is stored', async () => {
    const { backend } = aShop()
    const { chat, open } = aPage(backend)
    await open()
    await expect(chat.send('  \n')).rejects.toMatchObject({ code: 'invalid' })
    await expect(chat.send('x'.repeat(8_001))).rejects.toMatchObject({ code: 'too_large' })
    expect(chat.$messages.get()).toEqual([])
  })

  it('says when the outbox is full, and keeps the text in the composer', async () => {
    const { backend } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    backend.cut()
    for (let index = 0; index < 200; index++) void chat.send(`text ${index}`)
    await env.advance(10)
    expect(chat.$outbox.get()).toEqual({ count: 200, isFull: true })
    chat.setDraft('one more')
    await expect(chat.send('one more')).rejects.toMatchObject({ code: 'busy' })
    expect(chat.$draft.get()).toBe('one more')
    backend.restore()
    await env.advance(60_000)
    expect(storedIn(backend)).toHaveLength(200)
    expect(chat.$outbox.get()).toEqual({ count: 0, isFull: false })
  })

  it('goes on although a listener of a view throws', async () => {
    const { backend } = aShop()
    const { env, chat, open } = aPage(backend)
    const caught: unknown[] = []
    const catchAll = (error: unknown) => void caught.push(error)
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', catchAll)
    chat.$messages.listen(() => {
      throw new Error('a fault in a view')
    })
    await open()
    void chat.send('Hello')
    await env.advance(100)
    process.removeListener('uncaughtException', catchAll)
    for (const other of others) process.on('uncaughtException', other)
    expect(storedIn(backend)).toEqual(['Hello'])
    expect(caught.length).toBeGreaterThan(0)
  })

  it('that was closed by the operator is opened again by the next text', async () => {
    const { backend, ben } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    void chat.send('Hello')
    await env.advance(10)
    const { c } = ben.conversations()[0]!
    ben.reply(c, 'Bye')
    ben.close(c)
    await env.advance(10)
    expect(chat.$conversation.get()).toMatchObject({ state: 'closed', assignee: null })
    void chat.send('One more thing')
    await env.advance(10)
    expect(chat.$conversation.get()?.state).toBe('open')
    expect(storedIn(backend)).toEqual(['Hello', 'Bye', 'One more thing'])
  })

  it('tries again to open a conversation that could not be opened, and keeps the text meanwhile', async () => {
    const { backend } = aShop()
    let failures = 3
    const { env, chat } = aPage(backend, memoryEnv(), {
      adapter: withOpen(memoryAdapter({ backend }), (open) => (failures-- > 0 ? Promise.reject(new ChatError('store_unavailable', 'x')) : open()))
    })
    void chat.send('Hello')
    await env.advance(0)
    expect(chat.$messages.get().map(({ state }) => state)).toEqual(['pending'])
    await env.advance(10_000)
    expect(storedIn(backend)).toEqual(['Hello'])
  })

  it('shows a text as failed when no conversation may be opened, and sends it when one may', async () => {
    const { backend } = aShop()
    let isBlocked = true
    const { env, chat } = aPage(backend, memoryEnv(), {
      adapter: withOpen(memoryAdapter({ backend }), (open) => (isBlocked ? Promise.reject(new ChatError('blocked', 'x')) : open()))
    })
    void chat.send('Hello')
    await env.advance(100)
    expect(chat.$messages.get().map(({ state, failure }) => [state, failure])).toEqual([['failed', 'blocked']])
    isBlocked = false
    chat.resend(chat.$messages.get()[0]!.id)
    await env.advance(100)
    expect(storedIn(backend)).toEqual(['Hello'])
  })

  it('leaves no timer and no session behind when it is destroyed', async () => {
    const { backend, ben } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    void chat.send('Hello')
    chat.setDraft('typing')
    await env.advance(100)
    chat.destroy()
    const before = chat.$messages.get()
    ben.reply(ben.conversations()[0]!.c, 'too late')
    await env.advance(60_000)
    expect(env.timerCount()).toBe(0)
    expect(chat.$messages.get()).toBe(before)
  })

  it('that is closed lets go of the connection, keeps what it shows, and goes on when opened', async () => {
    const { backend, ben } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    void chat.send('Hello')
    await env.advance(100)
    chat.close()
    expect(chat.$connection.get().state).toBe('closed')
    ben.reply(ben.conversations()[0]!.c, 'while you were away')
    await env.advance(60_000)
    expect(textsOf(chat)).toEqual(['Hello'])
    await open()
    expect(textsOf(chat)).toEqual(['Hello', 'while you were away'])
  })
})

/** `adapter` whose sessions open conversations by way of `change`. */
function withOpen(adapter: ChatAdapter, change: (open: () => Promise<LogState>) => Promise<LogState>): ChatAdapter {
  return {
    ...adapter,
    connect: async (context) => {
      const session = await adapter.connect(context)
      return { ...session, open: (details) => change(() => session.open!(details)) }
    }
  }
}

function watchedStorage(storage: ReturnType<ReturnType<typeof memoryEnv>['storage']>, touch: () => void): typeof storage {
  const watch = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        touch()
        return Reflect.get(target, name)
      }
    })
  return { ...storage, large: watch(storage.large), small: watch(storage.small), tab: watch(storage.tab) }
}
