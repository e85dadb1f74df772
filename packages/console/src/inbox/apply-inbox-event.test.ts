import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aConversation, anInbox, aRequest, oliveAtWork, someConversations } from '../../test/rows.js'
import { applyInboxEvent, emptyInbox, indexRows } from './apply-inbox-event.js'

it('replaces a row by its id', () => {
  const before = indexRows(anInbox({ conversations: [aConversation({ head: 1 })] }))
  const after = applyInboxEvent(before, 'conversation.changed', aConversation({ head: 2 }))
  expect([...after.conversations.values()]).toEqual([aConversation({ head: 2 })])
  expect(before.conversations.get(aConversation().c)?.head).toBe(1)
})

it('adds requests and operators that were not there', () => {
  const rows = applyInboxEvent(applyInboxEvent(emptyInbox, 'request.changed', aRequest()), 'presence.changed', oliveAtWork)
  expect([...rows.requests.values()]).toEqual([aRequest()])
  expect([...rows.operators.values()]).toEqual([oliveAtWork])
})

it('applying an entry twice is applying it once', () => {
  fc.assert(
    fc.property(someConversations, (rows) => {
      const apply = (times: number) =>
        rows.reduce(
          (held, row) => Array.from({ length: times }).reduce((h: typeof held) => applyInboxEvent(h, 'conversation.changed', row), held),
          emptyInbox
        )
      expect(apply(2)).toEqual(apply(1))
    })
  )
})

it('leaves the rows alone for a kind it does not know and for data that does not fit', () => {
  expect(applyInboxEvent(emptyInbox, 'weather.changed', aRequest())).toBe(emptyInbox)
  fc.assert(
    fc.property(fc.constantFrom('conversation.changed', 'request.changed', 'presence.changed'), fc.jsonValue(), (kind, data) => {
      expect(applyInboxEvent(emptyInbox, kind, data)).toBe(emptyInbox)
    })
  )
})
