import { ChatError } from '@porchlight/protocol'
import { expect, it, vi } from 'vitest'
import { aMessage, type FakeConnection, fakeConnection } from '../../test/fake-connection.js'
import { createDrafts } from './drafts.js'
import { createThreads, type Threads } from './threads.js'

function begin(): { threads: Threads; connection: FakeConnection; onRead: ReturnType<typeof vi.fn> } {
  const connection = fakeConnection()
  const onRead = vi.fn()
  return {
    threads: createThreads({ connection, drafts: createDrafts({ storage: null, operatorId: 'o_1', site: 'shop' }), onRead }),
    connection,
    onRead
  }
}

it('comes back to the same thread, with its draft and its place', () => {
  const { threads } = begin()
  const thread = threads.open('c_1', 0)
  thread.setDraft('half a word')
  thread.scroll.topPx = 120
  threads.open('c_2', 0)
  expect(threads.open('c_1', 0)).toBe(thread)
  expect(threads.find('c_1')?.$draft.get()).toBe('half a word')
  expect(thread.scroll.topPx).toBe(120)
})

it('lets go of the one looked at longest ago, but never of its draft or of what it has not sent', async () => {
  const { threads, connection } = begin()
  threads.open('c_busy', 0).setDraft('on its way')
  await threads.open('c_busy', 0).send()
  threads.open('c_old', 0).setDraft('half a word')
  for (let number = 0; number < 24; number++) threads.open(`c_${number}`, 0)
  expect(connection.forgotten).toEqual(['c_old'])
  expect(threads.open('c_old', 0).$draft.get()).toBe('half a word')
})

it('gives a refused text back, before what was typed meanwhile', async () => {
  const { threads, connection } = begin()
  const thread = threads.open('c_1', 0)
  connection.log('c_1').refusal = new ChatError('busy', 'full')
  thread.setDraft('first')
  const sending = thread.send()
  expect(thread.$draft.get()).toBe('')
  thread.setDraft('second')
  await expect(sending).rejects.toThrow('full')
  expect(thread.$draft.get()).toBe('first\nsecond')
})

it('keeps a text as a draft until the outbox holds it, for a tab may die at any moment', async () => {
  const connection = fakeConnection()
  const drafts = createDrafts({ storage: null, operatorId: 'o_1', site: 'shop' })
  const thread = createThreads({ connection, drafts, onRead: () => undefined }).open('c_1', 0)
  thread.setDraft('on its way')
  const sending = thread.send()
  expect([thread.$draft.get(), drafts.read('c_1')]).toEqual(['', 'on its way'])
  await sending
  expect([thread.$draft.get(), drafts.read('c_1')]).toEqual(['', ''])
})

it('goes on with what another tab types, and never takes away what was typed here', () => {
  const drafts = createDrafts({ storage: localStorage, operatorId: 'o_1', site: 'shop' })
  const thread = createThreads({ connection: fakeConnection(), drafts, onRead: () => undefined }).open('c_1', 0)
  const elsewhere = (oldValue: string | null, newValue: string | null) =>
    dispatchEvent(new StorageEvent('storage', { key: 'porchlight-console:drafts:o_1:shop:c_1', oldValue, newValue, storageArea: localStorage }))
  thread.setDraft('half')
  elsewhere('half', 'half a word')
  expect(thread.$draft.get()).toBe('half a word')
  thread.setDraft('half a word of mine')
  elsewhere('half a word', null)
  expect(thread.$draft.get()).toBe('half a word of mine')
  drafts.stop()
})

it('who answers has read, as far as the log goes', async () => {
  const { threads, connection, onRead } = begin()
  connection.log('c_1').arrive(aMessage({ order: 1 }), aMessage({ order: 2 }))
  const thread = threads.open('c_1', 0)
  thread.setDraft('Yes')
  await thread.send()
  expect(connection.log('c_1').reads).toEqual([2])
  expect(onRead).toHaveBeenCalledWith('c_1', 2)
})

it('draws the end of a long conversation, and more of it on request, without asking the server for what it has', async () => {
  const { threads, connection } = begin()
  const log = connection.log('c_1')
  log.arrive(...Array.from({ length: 180 }, (_, index) => aMessage({ order: index + 1 })))
  const { drawn } = threads.open('c_1', 0)
  expect(drawn.$first.get()).toBe(81)
  expect(await drawn.showOlder()).toBe(50)
  expect(drawn.$first.get()).toBe(31)
  expect(await drawn.showOlder()).toBe(30)
  log.olderPages.push([])
  expect(await drawn.showOlder()).toBe(0)
  expect(log.olderPages).toEqual([])
})

it('draws little again once somebody who went far up is back at the end', async () => {
  const { threads, connection } = begin()
  connection.log('c_1').arrive(...Array.from({ length: 400 }, (_, index) => aMessage({ order: index + 1 })))
  const { drawn } = threads.open('c_1', 0)
  for (let page = 0; page < 3; page++) await drawn.showOlder()
  drawn.trim()
  expect(drawn.$first.get()).toBe(151)
  await drawn.showOlder()
  await drawn.showOlder()
  drawn.trim()
  expect(drawn.$first.get()).toBe(301)
})

it('leaves the reader’s place alone when he left it somewhere above', () => {
  const { threads, connection } = begin()
  const thread = threads.open('c_1', 0)
  thread.scroll.isAtBottom = false
  connection.log('c_1').arrive(...Array.from({ length: 180 }, (_, index) => aMessage({ order: index + 1 })))
  expect(threads.open('c_1', 0).drawn.$first.get()).toBe(0)
})
