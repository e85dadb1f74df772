import type { ChatAdapter, RequestDraft, Session } from '@porchlight/core'
import { createMemoryDisk, memoryEnv } from '@porchlight/core/testing'
import { ChatError } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { type MemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, aShop, type Page } from './page.js'

const fields = { name: 'Ann', email: 'ann@example.com', text: 'Where is my parcel?' }
type Answer = Awaited<ReturnType<NonNullable<Session['request']>>>

/** Two tabs of one browser, whose requests a test counts and can answer itself. */
async function twoTabs(backend: MemoryBackend, answer: (draft: RequestDraft) => Promise<Answer> | Answer | undefined = () => undefined) {
  const asked: string[] = []
  const disk = createMemoryDisk()
  const inner = memoryAdapter({ backend })
  const connect: ChatAdapter['connect'] = async (context) => {
    const session = await inner.connect(context)
    const request = async (draft: RequestDraft) => {
      asked.push(draft.id)
      return answer(draft) ?? session.request!(draft)
    }
    return { ...session, request }
  }
  const one = aPage(backend, memoryEnv({ storageDelayMs: 1, disk }), { adapter: { ...inner, connect } })
  await one.open()
  const two = one.newTab()
  await two.open()
  return { one, two, asked, disk }
}

/** A request that waits in a tab without a connection. */
async function holdIn({ env, chat }: Page, backend: MemoryBackend): Promise<void> {
  backend.cut()
  env.setOnline(false)
  void chat.leaveRequest(fields)
  await env.advance(100)
  expect(chat.$request.get().state).toBe('held')
}

const storedIn = (backend: MemoryBackend) => backend.requests().map((request) => request.fields)

it('T51: a request of a tab that died goes out from another one when the connection is back, once, and takes nothing of what is typed there', async () => {
  const { backend } = aShop()
  const { one, two } = await twoTabs(backend)
  two.chat.setDraft('something else')
  await holdIn(one, backend)
  one.env.kill()
  backend.restore()
  await two.env.advance(60_000)
  expect(storedIn(backend)).toEqual([fields])
  expect(two.chat.$request.get().state).toBe('idle')
  expect(two.chat.$draft.get()).toBe('something else')
  const later = two.newTab()
  await later.open()
  await later.env.advance(60_000)
  expect(later.chat.$request.get().state).toBe('idle')
  expect(storedIn(backend)).toEqual([fields])
})

/** Two tabs, one of which waits for the answer to a request that never comes. */
async function oneAsks() {
  const { backend } = aShop()
  let isSilent = true
  const tabs = await twoTabs(backend, () => (isSilent ? new Promise(() => undefined) : undefined))
  await tabs.one.env.advance(60_000)
  void tabs.one.chat.leaveRequest(fields)
  await tabs.one.env.advance(100)
  expect(tabs.asked).toHaveLength(1)
  isSilent = false
  return { backend, ...tabs }
}

it('it goes out when the other tab is looked at, where that was connected all the time', async () => {
  const { backend, one, two, asked } = await oneAsks()
  one.env.kill()
  await two.env.advance(60_000)
  expect(asked).toHaveLength(1)
  two.env.setVisible(true)
  await two.env.advance(10_000)
  expect(storedIn(backend)).toEqual([fields])
})

it.each(['is left', 'is taken out of its page'])('a tab says so when it %s, and the other one sends what waited there', async (end) => {
  const { backend, one, two } = await oneAsks()
  if (end === 'is left') one.env.leave()
  else one.chat.destroy()
  one.env.kill()
  await two.env.advance(10_000)
  expect(storedIn(backend)).toEqual([fields])
})

it('while its tab lives the request goes out from there alone', async () => {
  const { backend } = aShop()
  const { one, two, asked } = await twoTabs(backend)
  await holdIn(one, backend)
  backend.restore()
  one.env.setOnline(true)
  await two.env.advance(60_000)
  expect(one.chat.$request.get().state).toBe('accepted')
  expect(asked).toHaveLength(1)
})

it('a tab that was only frozen gets the same reference', async () => {
  const { backend } = aShop()
  const { one, two } = await twoTabs(backend)
  await holdIn(one, backend)
  one.env.leave()
  backend.restore()
  await two.env.advance(60_000)
  expect(storedIn(backend)).toEqual([fields])
  one.env.comeBack()
  one.env.setOnline(true)
  await two.env.advance(60_000)
  expect(one.chat.$request.get()).toMatchObject({ state: 'accepted', receipt: { reference: backend.requests()[0]?.reference } })
  expect(storedIn(backend)).toEqual([fields])
})

it('what is refused is asked once, and stays for the next page to say why', async () => {
  const { backend } = aShop()
  const { one, two, asked } = await twoTabs(backend, () => ({ problems: { email: 'email' } }))
  await holdIn(one, backend)
  one.env.kill()
  backend.restore()
  await two.env.advance(60_000)
  two.env.setVisible(true)
  await two.env.advance(60_000)
  expect(asked).toHaveLength(1)
  expect(two.chat.$request.get().state).toBe('idle')
  const later = two.newTab()
  await later.open()
  await later.env.advance(1_000)
  expect(later.chat.$request.get()).toMatchObject({ state: 'needs_fix', fields, problems: { email: 'email' } })
})

it('what a backend takes later is sent again by itself', async () => {
  const { backend } = aShop()
  let refusals = 3
  const { one, two } = await twoTabs(backend, () => {
    if (refusals-- > 0) throw new ChatError('busy', 'not now')
    return undefined
  })
  await holdIn(one, backend)
  one.env.kill()
  backend.restore()
  await two.env.advance(300_000)
  expect(storedIn(backend)).toEqual([fields])
})

it('nothing goes out that was forgotten', async () => {
  const { backend } = aShop()
  const { one, two } = await twoTabs(backend)
  await holdIn(one, backend)
  one.env.kill()
  backend.restore()
  await two.env.advance(4_000)
  void two.chat.reset()
  await two.env.advance(100)
  void two.chat.open()
  await two.env.advance(60_000)
  expect(storedIn(backend)).toEqual([])
})

it('an answer that comes when all was forgotten leaves nothing on the device', async () => {
  const { backend } = aShop()
  let answer = (_: Answer) => {}
  const { one, two, disk } = await twoTabs(backend, () => new Promise<Answer>((resolve) => (answer = resolve)))
  await holdIn(one, backend)
  one.env.kill()
  backend.restore()
  await two.env.advance(10_000)
  void two.chat.reset()
  await two.env.advance(100)
  answer({ id: 'r_1', reference: '7K3M-9QXA', createdAt: 1 })
  await two.env.advance(60_000)
  expect([...disk.keys()].filter((key) => key.includes('held'))).toEqual([])
})

it('a tab that cannot connect learns from the one that could that its request was accepted', async () => {
  const { backend } = aShop()
  const { one, two } = await twoTabs(backend)
  await holdIn(one, backend)
  backend.restore()
  await two.env.advance(10_000)
  const { reference } = backend.requests()[0]!
  expect(one.chat.$connection.get().state).not.toBe('open')
  expect(one.chat.$request.get()).toMatchObject({ state: 'accepted', fields: {}, receipt: { reference } })
  expect(one.chat.$draft.get()).toBe('')
  one.env.setOnline(true)
  await two.env.advance(60_000)
  expect(storedIn(backend)).toEqual([fields])
})
