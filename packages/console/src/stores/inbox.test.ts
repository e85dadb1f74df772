import { ChatError, type InboxSnapshot } from '@porchlight/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { aMessage, fakeConnection } from '../../test/fake-connection.js'
import { aConversation, anInbox } from '../../test/rows.js'
import type { Api } from './api.js'
import { createInbox, type Inbox } from './inbox.js'
import { createUnreadCounts } from './unread-counts.js'

const name = 'inbox:shop'
const system = { role: 'system', id: 's' } as const

function changed(order: number, head: number) {
  return aMessage({ c: name, order, by: system, k: 'conversation.changed', body: { ...aConversation({ head }) } })
}

/** An inbox whose snapshots are what the test gives, one after the other. */
function openInbox(...snapshots: (InboxSnapshot | Error)[]) {
  const connection = fakeConnection()
  const get = vi.fn(async () => {
    const next = snapshots.length > 1 ? snapshots.shift() : snapshots[0]
    if (next instanceof Error) throw next
    return next
  })
  const api = { get } as unknown as Api
  const inbox = createInbox({ site: 'shop', api, connection })
  return { inbox, connection, get, head: () => headOf(inbox) }
}

function headOf(inbox: Inbox): number | undefined {
  return inbox.$rows.get().conversations.get(aConversation().c)?.head
}

const settled = () => vi.advanceTimersByTimeAsync(0)
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('follows the log from the head of the snapshot on', async () => {
  const { inbox, connection, head } = openInbox(anInbox({ head: 4, conversations: [aConversation({ head: 1 })] }))
  const log = vi.spyOn(connection, 'log')
  await settled()
  expect(log).toHaveBeenCalledWith(name, { c: name, epoch: 'e1', have: 4 })
  expect(inbox.$state.get()).toBe('ready')
  connection.log(name).arrive(changed(5, 2), changed(6, 3))
  expect(head()).toBe(3)
})

it('takes nothing that the snapshot already held', async () => {
  const { connection, head } = openInbox(anInbox({ head: 4, conversations: [aConversation({ head: 9 })] }))
  await settled()
  connection.log(name).arrive(changed(3, 1), changed(4, 2))
  expect(head()).toBe(9)
})

it('reads the lists again when the log jumps', async () => {
  const { connection, get, head } = openInbox(anInbox({ head: 4 }), anInbox({ head: 9, conversations: [aConversation({ head: 7 })] }))
  await settled()
  connection.log(name).arrive(changed(8, 1))
  await settled()
  expect(get).toHaveBeenCalledTimes(2)
  expect(head()).toBe(7)
})

it('reads the lists again when the log was restored from a backup', async () => {
  const { connection, get, head } = openInbox(anInbox({ head: 4 }), anInbox({ epoch: 'e2', head: 1, conversations: [aConversation({ head: 7 })] }))
  await settled()
  connection.log(name).$state.set({ c: name, epoch: 'e2', head: 1 })
  await settled()
  expect(get).toHaveBeenCalledTimes(2)
  expect(connection.forgotten).toEqual([name])
  expect(head()).toBe(7)
})

it('says that the lists could not be read, and tries until they can', async () => {
  const { inbox, get } = openInbox(new ChatError('network', 'no answer'), new ChatError('network', 'no answer'), anInbox())
  await settled()
  expect(inbox.$state.get()).toBe('failed')
  await vi.advanceTimersByTimeAsync(6_000)
  expect(get).toHaveBeenCalledTimes(3)
  expect(inbox.$state.get()).toBe('ready')
})

it('does nothing more once it is stopped', async () => {
  const { inbox, get, connection } = openInbox(new ChatError('network', 'no answer'))
  await settled()
  inbox.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(get).toHaveBeenCalledTimes(1)
  expect(connection.logs.size).toBe(0)
})

it('takes the log up anew before it grows without end', async () => {
  const { connection, head } = openInbox(anInbox())
  await settled()
  const entries = Array.from({ length: 2_001 }, (_, index) => changed(index + 1, index + 1))
  connection.log(name).arrive(...entries)
  const log = vi.spyOn(connection, 'log')
  await settled()
  expect(log).toHaveBeenCalledWith(name, { c: name, epoch: 'e1', have: 2_001 })
  expect(head()).toBe(2_001)
})

it('remembers how far was read, and never less', () => {
  const { inbox } = openInbox(anInbox())
  inbox.noteRead('c_1', 5)
  inbox.noteRead('c_1', 3)
  expect(inbox.$reads.get()).toEqual({ c_1: 5 })
})

it('what was read here says nothing of a log that was restored: what is written there next is unread', async () => {
  const { inbox, connection } = openInbox(
    anInbox({ head: 4, conversations: [aConversation({ head: 9, read: 9 })] }),
    anInbox({ epoch: 'e2', head: 1, conversations: [aConversation({ epoch: 'e2', head: 5, read: 5 })] })
  )
  const unread = createUnreadCounts(inbox, connection)
  const { c } = aConversation()
  await settled()
  inbox.noteRead(c, 9)
  connection.log(name).$state.set({ c: name, epoch: 'e2', head: 1 })
  await settled()
  expect(unread.$counts.get().get(c)).toBe(0)
  const preview = { text: 'Are you there?', by: 'visitor' as const, at: 99_000 }
  const body = { ...aConversation({ epoch: 'e2', head: 6, read: 5, preview }) }
  connection.log(name).$messages.set([aMessage({ c: name, order: 2, by: system, k: 'conversation.changed', body })])
  expect(unread.$counts.get().get(c)).toBe(1)
  unread.stop()
})
