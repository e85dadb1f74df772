import type { ChatAdapter, Session } from '@porchlight/core'
import { createConnection } from '@porchlight/core'
import { createManualClock, type MemoryEnvOptions, memoryEnv } from '@porchlight/core/testing'
import { ChatError } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { type MemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, aShop, type Page, storedIn, textsOf } from './page.js'

/** Tabs of one browser before one shop; `sends` are the texts that were handed to the backend, each time, and took `wayMs` to get there. */
async function tabs(count: number, { wayMs = 0, ...options }: MemoryEnvOptions & { readonly wayMs?: number } = {}) {
  const { backend, ben } = aShop()
  const sends: string[] = []
  const clock = createManualClock()
  const way = async () => {
    if (wayMs > 0) await new Promise<void>((resolve) => void clock.setTimer(resolve, wayMs))
  }
  const first = aPage(backend, memoryEnv({ clock, storageDelayMs: 1, ...options }), { adapter: counted(backend, sends, way) })
  await first.open()
  void first.chat.send('first')
  await first.env.advance(1_000)
  const pages = [first]
  while (pages.length < count) {
    const page = first.newTab()
    await page.open()
    pages.push(page)
  }
  const advance = (durationMs: number) => first.env.advance(durationMs)
  const cut = async () => {
    backend.cut()
    await advance(0)
  }
  return { backend, ben, sends, pages, advance, cut }
}

function counted(backend: MemoryBackend, sends: string[], way: () => Promise<void>): ChatAdapter {
  const inner = memoryAdapter({ backend })
  const connect: ChatAdapter['connect'] = async (context) => {
    const session: Session = await inner.connect(context)
    return {
      ...session,
      send: async (draft) => {
        sends.push(String(draft.body['text']))
        await way()
        return session.send(draft)
      }
    }
  }
  return { ...inner, connect }
}

/** Its attempts are refused while the way is down. */
function interruptible(backend: MemoryBackend, way: { readonly isDown: boolean }): ChatAdapter {
  const inner = memoryAdapter({ backend })
  const connect: ChatAdapter['connect'] = (context) =>
    way.isDown ? Promise.reject(new ChatError('network', 'the way is down')) : inner.connect(context)
  return { ...inner, connect }
}

/** What it sends arrives, and nothing comes back. */
function deaf(backend: MemoryBackend): ChatAdapter {
  const inner = memoryAdapter({ backend })
  const never = () => new Promise<never>(() => undefined)
  const connect: ChatAdapter['connect'] = async (context) => {
    const session = await inner.connect({ ...context, emit: (event) => event.type === 'saved' && context.emit(event) })
    return { ...session, history: never, send: (draft) => session.send(draft).then(never) }
  }
  return { ...inner, connect }
}

const stateOf = (page: Page) => page.chat.$connection.get().state
const statesOf = ({ chat }: Page) => chat.$messages.get().map(({ body, state, failure }) => [body['text'], state, failure])
const fiveMinutesMs = 300_000

describe('several tabs', () => {
  it('T36: that send at once make one row each, and show the same', async () => {
    const { backend, pages, advance } = await tabs(5)
    for (const [index, page] of pages.entries()) void page.chat.send(`tab ${index}`)
    await advance(10_000)
    expect(storedIn(backend).toSorted()).toEqual(['first', 'tab 0', 'tab 1', 'tab 2', 'tab 3', 'tab 4'])
    for (const page of pages) expect(textsOf(page.chat)).toEqual(storedIn(backend))
  })

  it('T36: that come back together send what all have in common once', async () => {
    const { backend, sends, pages, advance, cut } = await tabs(3)
    await cut()
    for (let index = 0; index < 20; index++) void pages[0]!.chat.send(`text ${index}`)
    await advance(1_000)
    const others = [pages[0]!.reload(), pages[1]!.reload(), pages[2]!.reload()]
    for (const page of others) void page.chat.open()
    await advance(1_000)
    backend.restore()
    sends.length = 0
    for (const page of others) page.env.setOnline(true)
    await advance(30_000)
    expect(storedIn(backend)).toEqual(['first', ...Array.from({ length: 20 }, (_, index) => `text ${index}`)])
    expect(sends).toHaveLength(20)
  })

  it('T37: that come back together without locks or a channel store each text once', async () => {
    const { backend, sends, pages, advance, cut } = await tabs(2, { hasPages: false, wayMs: 5 })
    await cut()
    for (let index = 0; index < 20; index++) void pages[0]!.chat.send(`text ${index}`)
    await advance(1_000)
    const others = [pages[0]!.reload(), pages[1]!.reload()]
    for (const page of others) void page.chat.open()
    await advance(1_000)
    backend.restore()
    sends.length = 0
    for (const page of others) page.env.setOnline(true)
    await advance(30_000)
    expect(sends.length).toBeGreaterThan(20)
    expect(storedIn(backend)).toEqual(['first', ...Array.from({ length: 20 }, (_, index) => `text ${index}`)])
    for (const page of others) expect(textsOf(page.chat)).toEqual(storedIn(backend))
  })

  it('T38: of which a frozen one holds the lock: the one that is looked at sends within 2 s', async () => {
    const { backend, pages, advance, cut } = await tabs(2)
    const [frozen, page] = pages as [Page, Page]
    await frozen.env.lock?.('porchlight:memory:drain', 0)
    await cut()
    void page.chat.send('waiting')
    await advance(1_000)
    const next = page.reload()
    void next.chat.open()
    backend.restore()
    next.env.setOnline(true)
    await advance(2_000)
    expect(storedIn(backend)).toEqual(['first', 'waiting'])
  })

  it('T39: of two sites on one page hear nothing of each other', async () => {
    const { backend } = aShop()
    const other = aShop()
    const env = memoryEnv({ storageDelayMs: 1 })
    const one = aPage(backend, env)
    const two = aPage(other.backend, env, { adapter: memoryAdapter({ backend: other.backend, scope: 'other' }) })
    await one.open()
    await two.open()
    one.chat.setDraft('only here')
    void one.chat.send('a secret')
    await env.advance(10_000)
    expect([textsOf(two.chat), two.chat.$draft.get(), storedIn(other.backend)]).toEqual([[], '', []])
  })

  it('agree at once on what was stored and seen, also where no backend tells it', async () => {
    const { backend, ben, pages, advance } = await tabs(1)
    const one = pages[0]!
    ben.reply(ben.conversations()[0]!.c, 'Hi')
    await advance(1_000)
    const two = aPage(backend, one.env.newTab(), { adapter: deaf(backend) })
    await two.open()
    expect([textsOf(two.chat), two.chat.$unread.get()]).toEqual([['first', 'Hi'], 1])
    one.chat.markRead()
    void one.chat.send('told by the tab')
    await advance(100)
    expect([textsOf(two.chat), two.chat.$unread.get()]).toEqual([['first', 'Hi', 'told by the tab'], 0])
  })

  it('go on with one draft, and what was typed in one of them is not overwritten', async () => {
    const { pages, advance } = await tabs(3)
    const [one, two, three] = pages as [Page, Page, Page]
    three.env.leave()
    three.chat.setDraft('mine')
    await advance(1_000)
    three.env.comeBack()
    one.chat.setDraft('half a')
    one.chat.setDraft('half a thought')
    await advance(0)
    const drafts = () => [one, two, three].map(({ chat }) => chat.$draft.get())
    expect(drafts()).toEqual(['half a thought', 'half a thought', 'mine'])
    two.chat.setDraft('half a thought, finished')
    await advance(0)
    expect(drafts()[0]).toBe('half a thought, finished')
    void two.chat.send('half a thought, finished')
    await advance(1_000)
    expect(drafts()).toEqual(['', '', 'mine'])
    one.chat.setDraft('sent from the other one')
    await advance(10)
    void two.chat.send('sent from the other one')
    await advance(10)
    expect(drafts()).toEqual(['', '', 'mine'])
    const again = one.reload()
    await again.open()
    expect(again.chat.$draft.get()).not.toContain('half')
  })
})

it('what was typed in one tab is not taken away by what is typed or deleted in another, where it stands too', async () => {
  const { pages, advance } = await tabs(3)
  const [one, two, three] = pages as [Page, Page, Page]
  const drafts = () => [one, two, three].map(({ chat }) => chat.$draft.get())
  one.chat.setDraft('mine')
  await advance(10)
  expect(drafts()).toEqual(['mine', 'mine', 'mine'])
  two.chat.setDraft('something else')
  await advance(10)
  expect(drafts()).toEqual(['mine', 'something else', 'something else'])
  two.chat.setDraft('')
  await advance(10)
  expect(drafts()).toEqual(['mine', '', ''])
})

describe('a tab that nobody sees', () => {
  it('lets go of its connection after 5 minutes, but for one of them, and has it again when it is looked at', async () => {
    const { pages, advance } = await tabs(4)
    for (const page of pages) page.env.setVisible(false)
    await advance(fiveMinutesMs - 1_000)
    expect(pages.map(stateOf)).toEqual(['open', 'open', 'open', 'open'])
    await advance(2_000)
    expect(pages.map(stateOf).filter((state) => state === 'open')).toHaveLength(1)
    const resting = pages.find((page) => stateOf(page) !== 'open')!
    resting.env.setVisible(true)
    await advance(100)
    expect(stateOf(resting)).toBe('open')
    expect(resting.chat.$connection.get().downSince).toBeUndefined()
  })

  it('gives its place back when it goes away or is looked at, so that another one may have it', async () => {
    const { pages, advance } = await tabs(2)
    const [one, two] = pages as [Page, Page]
    one.env.setVisible(false)
    await advance(fiveMinutesMs)
    expect(stateOf(one)).toBe('open')
    one.env.leave()
    two.env.setVisible(false)
    await advance(fiveMinutesMs)
    expect(stateOf(two)).toBe('open')
    two.env.setVisible(true)
    one.env.comeBack()
    one.env.setVisible(false)
    await advance(fiveMinutesMs)
    expect(stateOf(one)).toBe('open')
  })

  it.each(['is killed', 'is destroyed', 'is closed'])('takes the place of the one that stayed when that %s', async (end) => {
    const { backend, pages, advance } = await tabs(3)
    for (const page of pages) page.env.setVisible(false)
    await advance(fiveMinutesMs)
    const elected = pages.find((page) => stateOf(page) === 'open')!
    const others = pages.filter((page) => page !== elected)
    if (end === 'is killed') elected.env.kill()
    else if (end === 'is destroyed') elected.chat.destroy()
    else elected.env.leave()
    await advance(fiveMinutesMs)
    expect(others.map(stateOf).toSorted()).toEqual(['open', 'waiting'])
    backend.operator({ name: 'Ben' }).reply(backend.logs()[0]!.c, 'Are you there?')
    await advance(1_000)
    expect(others.find((page) => stateOf(page) === 'open')?.chat.$unread.get()).toBe(1)
  })

  it('does not stay in place of another when it wants no connection', async () => {
    const { pages, advance } = await tabs(2)
    const [closed, other] = pages as [Page, Page]
    closed.chat.close()
    closed.env.setVisible(false)
    await advance(fiveMinutesMs)
    other.env.setVisible(false)
    await advance(2 * fiveMinutesMs)
    expect(pages.map(stateOf)).toEqual(['closed', 'open'])
  })

  it('lets go after a minute on a device with a touch screen', async () => {
    const { pages, advance } = await tabs(2, { isTouch: true })
    for (const page of pages) page.env.setVisible(false)
    await advance(61_000)
    expect(pages.map(stateOf).toSorted()).toEqual(['open', 'waiting'])
  })

  it('lets go without locks, too: then no tab stays', async () => {
    const { pages, advance } = await tabs(2, { hasPages: false })
    for (const page of pages) page.env.setVisible(false)
    await advance(fiveMinutesMs)
    expect(pages.map(stateOf)).toEqual(['waiting', 'waiting'])
  })

  it('stays for as long as something waits to go out', async () => {
    const { backend, pages, advance } = await tabs(2)
    const [one, two] = pages as [Page, Page]
    for (const page of pages) page.env.setVisible(false)
    await advance(fiveMinutesMs)
    const resting = stateOf(one) === 'open' ? two : one
    backend.cut()
    void resting.chat.send('typed before')
    await advance(2 * fiveMinutesMs)
    backend.restore()
    await advance(fiveMinutesMs)
    expect(storedIn(backend)).toEqual(['first', 'typed before'])
    await advance(2 * fiveMinutesMs)
    expect(pages.map(stateOf).toSorted()).toEqual(['open', 'waiting'])
  })

  it('T45: of an operator stays connected', async () => {
    const { backend, ben } = aShop()
    const env = memoryEnv({ hasPages: false })
    const connection = createConnection({ env, adapter: memoryAdapter({ backend, operator: ben }) })
    connection.connect()
    env.setVisible(false)
    await env.advance(1_200_000)
    expect(connection.$connection.get().state).toBe('open')
    connection.destroy()
  })
})

describe('a text that another tab has handed over', () => {
  /** A tab whose connection is down wrote, and another sent it without an answer; a third one forgets the visitor; the first gets through again. */
  async function handedOver(options: MemoryEnvOptions = {}, isAway = false) {
    const { backend, pages, advance } = await tabs(2, options)
    const [sender, third] = pages as [Page, Page]
    const way = { isDown: false }
    const author = aPage(backend, sender.env.newTab(), { adapter: interruptible(backend, way) })
    await author.open()
    way.isDown = true
    author.chat.close()
    void author.chat.send('only once')
    await advance(100)
    if (isAway) author.env.leave()
    const next = aPage(backend, sender.env.reload(), { adapter: deaf(backend) })
    await next.open()
    await advance(1_000)
    expect(storedIn(backend)).toEqual(['first', 'only once'])
    void third.chat.reset()
    await advance(1_000)
    if (isAway) author.env.comeBack()
    way.isDown = false
    await advance(60_000)
    expect(author.chat.$connection.get().state).toBe('open')
    return { backend, author }
  }

  it('does not go out again by itself from the tab that wrote it, after a third one forgot the visitor', async () => {
    const { backend, author } = await handedOver()
    expect(storedIn(backend)).toEqual(['first', 'only once'])
    expect(statesOf(author)).toEqual([['only once', 'failed', 'timeout']])
  })

  it('does not either where that tab could not hear of it: there it waits for its author', async () => {
    for (const { backend, author } of [await handedOver({}, true), await handedOver({ hasPages: false })]) {
      expect(storedIn(backend)).toEqual(['first', 'only once'])
      expect(statesOf(author)).toEqual([['only once', 'failed', 'timeout']])
    }
  })
})
