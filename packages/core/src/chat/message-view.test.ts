import { describe, expect, it } from 'vitest'
import type { Message } from '../adapter.js'
import type { PendingMessage } from '../connection.types.js'
import { countUnread, standingOf, viewMessages } from './message-view.js'

const ann = { role: 'visitor', id: 'ann' } as const
const ben = { role: 'agent', id: 'ben', name: 'Ben' } as const

function aMessage(order: number, more: Partial<Message> = {}): Message {
  return { c: 'c', id: `id-${order}`, cursor: `${order}`, order, at: 0, by: ann, k: 'text', body: { text: 'x' }, ...more }
}

const aPending: PendingMessage = { c: 'c', id: 'p', n: 4, k: 'text', body: { text: 'soon' }, at: 9, state: 'pending' }
const nothing = { messages: [], pending: [], you: ann, receipts: {} }

describe('the view of a log', () => {
  it('shows how far own messages came, by the farthest of the others', () => {
    const receipts = {
      ann: { by: ann, delivered: 9, read: 9 },
      ben: { by: ben, delivered: 2, read: 1 },
      eve: { by: { role: 'agent', id: 'eve' } as const, delivered: 1, read: 0 }
    }
    const view = viewMessages({ ...nothing, messages: [aMessage(1), aMessage(2), aMessage(3), aMessage(4, { by: ben })], receipts })
    expect(view.map(({ state }) => state)).toEqual(['read', 'delivered', 'sent', 'received'])
    expect(view.map(({ own }) => own)).toEqual([true, true, true, false])
  })

  it('puts what is on its way after everything that is stored', () => {
    const view = viewMessages({
      ...nothing,
      messages: [aMessage(7)],
      pending: [aPending, { ...aPending, id: 'f', state: 'failed', failure: 'blocked' }]
    })
    expect(view.map(({ order, own, state, failure }) => [order, own, state, failure])).toEqual([
      [7, true, 'sent', undefined],
      [8, true, 'pending', undefined],
      [9, true, 'failed', 'blocked']
    ])
  })
})

describe('whose a message is', () => {
  it('is told by role and id together', () => {
    const messages = [aMessage(1), aMessage(2, { by: { role: 'visitor', id: 'eve' } }), aMessage(3, { by: { role: 'system', id: 'ann' } })]
    expect(viewMessages({ ...nothing, messages }).map(({ own }) => own)).toEqual([true, false, false])
  })
})

describe('unread', () => {
  it('counts texts of others above the last one seen', () => {
    const messages = [aMessage(1, { by: ben }), aMessage(2), aMessage(3, { by: ben }), aMessage(4, { by: ben, k: 'assigned' })]
    expect(countUnread(messages, 0)).toBe(2)
    expect(countUnread(messages, 1)).toBe(1)
    expect(countUnread(messages, 4)).toBe(0)
  })
})

describe('the standing of a conversation', () => {
  const assigned = aMessage(1, { by: ben, k: 'assigned', body: { operator: { id: 'ben', name: 'Ben' } } })

  it('is open and nobody’s at first, and somebody’s when it is given to him', () => {
    expect(standingOf([])).toEqual({ state: 'open', assignee: null })
    expect(standingOf([assigned])).toEqual({ state: 'open', assignee: { id: 'ben', name: 'Ben' } })
  })

  it('is nobody’s when it is taken away', () => {
    expect(standingOf([assigned, aMessage(2, { k: 'assigned', body: { operator: null } })]).assignee).toBeNull()
  })

  it('ends with the conversation and begins again with it', () => {
    const closed = aMessage(2, { by: ben, k: 'status', body: { status: 'closed' } })
    expect(standingOf([assigned, closed])).toEqual({ state: 'closed', assignee: null })
    expect(standingOf([assigned, closed, aMessage(3, { k: 'status', body: { status: 'open' } })]).state).toBe('open')
  })

  it('is what the backend says where events say nothing', () => {
    expect(standingOf([aMessage(1)], 'closed').state).toBe('closed')
  })
})
