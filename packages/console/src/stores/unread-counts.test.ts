import type { Connection, HistoryPage, Message, Session } from '@porchlight/core'
import { atom } from 'nanostores'
import { expect, it, vi } from 'vitest'
import { aMessage, fakeConnection, olive } from '../../test/fake-connection.js'
import { aConversation, anInbox } from '../../test/rows.js'
import { type InboxRows, indexRows } from '../inbox/apply-inbox-event.js'
import type { OwnReads } from '../inbox/unread.js'
import type { Inbox } from './inbox.js'
import { createUnreadCounts } from './unread-counts.js'

const { c } = aConversation()

function begin(row: Parameters<typeof aConversation>[0], log: readonly Message[]) {
  const $rows = atom<InboxRows>(indexRows(anInbox({ conversations: [aConversation(row)] })))
  const $reads = atom<OwnReads>({})
  const history = vi.fn(async ({ after }: { after: { have: number } }): Promise<HistoryPage> => {
    const messages = log.filter(({ order }) => order > after.have)
    return { messages, more: false, log: { c, epoch: 'e1', head: log.length } }
  })
  const connection: Connection = { ...fakeConnection(), withSession: (action) => action({ history } as unknown as Session) }
  const { $counts } = createUnreadCounts({ $rows, $reads } as unknown as Inbox, connection)
  const change = (next: Parameters<typeof aConversation>[0]) => $rows.set(indexRows(anInbox({ conversations: [aConversation(next)] })))
  return { $counts, $reads, history, change, count: () => $counts.get().get(c) }
}

it('asks the log once for a row it finds at the start, and counts only the customer’s messages', async () => {
  const log = [
    aMessage({ order: 1 }),
    aMessage({ order: 2, k: 'assigned', by: { role: 'system', id: 's' }, body: {} }),
    aMessage({ order: 3 }),
    aMessage({ order: 4 })
  ]
  const { count, history } = begin({ head: 4, read: 1 }, log)
  await vi.waitFor(() => expect(count()).toBe(2))
  expect(history).toHaveBeenCalledTimes(1)
})

it('counts from the newest answer on', async () => {
  const { count } = begin({ head: 3, read: 0 }, [aMessage({ order: 1 }), aMessage({ order: 2, by: olive }), aMessage({ order: 3 })])
  await vi.waitFor(() => expect(count()).toBe(1))
})

it('asks again when the log went on while it was read', async () => {
  const log = [aMessage({ order: 1 }), aMessage({ order: 2 })]
  const { count, change, history } = begin({ head: 1, read: 0 }, log)
  change({ head: 2, read: 0, preview: { text: 'text 2', by: 'visitor', at: 2_000 } })
  await vi.waitFor(() => expect(count()).toBe(2))
  expect(history.mock.calls.length).toBeLessThanOrEqual(3)
})

it('goes to nothing as soon as the operator has read', async () => {
  const { count, $reads } = begin({ head: 1, read: 0 }, [aMessage({ order: 1 })])
  await vi.waitFor(() => expect(count()).toBe(1))
  $reads.set({ [c]: 1 })
  expect(count()).toBe(0)
})

it('counts nothing in a conversation that holds only a request', async () => {
  const { count, history } = begin({ head: 1, read: 0, chat: false }, [aMessage({ order: 1 })])
  expect(count()).toBe(0)
  expect(history).not.toHaveBeenCalled()
})
