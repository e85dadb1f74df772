import { ChatError } from '@porchlight/protocol'
import { atom } from 'nanostores'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { aMessage, fakeConnection } from '../../test/fake-connection.js'
import { aConversation, anInbox, aRequest } from '../../test/rows.js'
import type { Address, Place } from './address.js'
import type { Api } from './api.js'
import { followAddress } from './follow-address.js'
import { createInbox } from './inbox.js'
import { watchInboxNews } from './inbox-news.js'
import type { Selection } from './view.js'

const name = 'inbox:shop'
const old = aRequest({ id: 'r9', c: 'c_9' })
const closed = aConversation({ c: 'c_9', state: 'closed' })
const settled = () => vi.advanceTimersByTimeAsync(0)

/** An inbox whose snapshots are too short for two rows that the server has. */
function openInbox() {
  const connection = fakeConnection()
  const answers = new Map<string, unknown>([
    ['/api/sites/shop/inbox', anInbox({ head: 4 })],
    ['/api/sites/shop/requests/r9', old],
    ['/api/sites/shop/conversations/c_9', closed]
  ])
  const get = vi.fn(async (path: string) => {
    const answer = answers.get(path) ?? new ChatError('not_found', 'no such row')
    if (answer instanceof Error) throw answer
    return answer
  })
  const inbox = createInbox({ site: 'shop', api: { get } as unknown as Api, connection })
  return { inbox, connection, answers, get }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('takes in what the server has, a request with its conversation, and says when it has none', async () => {
  const { inbox } = openInbox()
  await settled()
  expect(await inbox.lookUp({ kind: 'request', id: 'r9' })).toBe(true)
  expect(await inbox.lookUp({ kind: 'request', id: 'r8' })).toBe(false)
  expect(await inbox.lookUp({ kind: 'conversation', id: 'c_8' })).toBe(false)
  const { requests, conversations } = inbox.$rows.get()
  expect([[...requests.values()], [...conversations.values()]]).toEqual([[old], [closed]])
})

it('what the inbox log tells meanwhile is newer than the answer', async () => {
  const { inbox, connection } = openInbox()
  await settled()
  const answer = inbox.lookUp({ kind: 'request', id: 'r9' })
  const body = { ...old, state: 'closed' }
  connection.log(name).arrive(aMessage({ c: name, order: 5, by: { role: 'system', id: 's' }, k: 'request.changed', body }))
  await answer
  expect(inbox.$rows.get().requests.get('r9')?.state).toBe('closed')
})

it('what was found is there again after the lists were read anew', async () => {
  const { inbox, connection, answers } = openInbox()
  await settled()
  await inbox.lookUp({ kind: 'request', id: 'r9' })
  answers.set('/api/sites/shop/requests/r9', { ...old, state: 'answered' })
  answers.set('/api/sites/shop/inbox', anInbox({ epoch: 'e2', head: 1 }))
  connection.log(name).$state.set({ c: name, epoch: 'e2', head: 1 })
  await settled()
  expect(inbox.$rows.get().requests.get('r9')?.state).toBe('answered')
})

it('is no news, and what happens to it later is', async () => {
  const { inbox, connection } = openInbox()
  await settled()
  const tell = vi.fn()
  watchInboxNews({ inbox, isOpen: () => false, tell })
  await inbox.lookUp({ kind: 'request', id: 'r9' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(tell).not.toHaveBeenCalled()
  const body = { ...closed, state: 'open', preview: { text: 'Still there?', by: 'visitor', at: 9_000 } }
  connection.log(name).arrive(aMessage({ c: name, order: 5, by: { role: 'system', id: 's' }, k: 'conversation.changed', body }))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(tell).toHaveBeenCalledExactlyOnceWith({ conversations: 0, requests: 0, messages: 1 })
})

it('a link is followed again until the server can tell, and no longer than somebody waits for it', async () => {
  const { inbox, answers, get } = openInbox()
  answers.set('/api/sites/shop/requests/r9', new ChatError('network', 'no answer'))
  const $place = atom<Place | null>({ site: 'shop', open: { kind: 'request', id: 'r9' } })
  const opened: (Selection | null)[] = []
  const onMissing = vi.fn()
  const { $lookup, stop } = followAddress({
    site: 'shop',
    address: { $place } as unknown as Address,
    inbox,
    selected: () => opened.at(-1) ?? null,
    open: (selection) => opened.push(selection),
    onMissing
  })
  await settled()
  expect($lookup.get()).toBe('looking')
  answers.set('/api/sites/shop/requests/r9', old)
  await vi.advanceTimersByTimeAsync(3_000)
  expect([opened, $lookup.get(), onMissing.mock.calls]).toEqual([[{ kind: 'request', id: 'r9', c: 'c_9' }], 'done', []])

  answers.set('/api/sites/shop/requests/r7', new ChatError('network', 'no answer'))
  $place.set({ site: 'shop', open: { kind: 'request', id: 'r7' } })
  await settled()
  stop()
  const asked = get.mock.calls.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(get).toHaveBeenCalledTimes(asked)
})
