import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aConversation, aRequest, someConversations } from '../../test/rows.js'
import { isUnreadRequest, readOrder, unreadCount } from './unread.js'

it('counts what came after the furthest cursor, the server’s or our own', () => {
  const row = aConversation({ head: 9, read: 4 })
  expect(unreadCount(row, {})).toBe(5)
  expect(unreadCount(row, { [row.c]: 7 })).toBe(2)
  expect(unreadCount(row, { [row.c]: 2 })).toBe(5)
})

it('never counts below nothing, and never rises by reading', () => {
  fc.assert(
    fc.property(someConversations, fc.nat(1_200), (rows, read) => {
      for (const row of rows) {
        expect(unreadCount(row, { [row.c]: read })).toBeGreaterThanOrEqual(0)
        expect(unreadCount(row, { [row.c]: read })).toBeLessThanOrEqual(unreadCount(row, {}))
      }
    })
  )
})

it('counts nothing behind an operator’s newest word', () => {
  expect(unreadCount(aConversation({ head: 3, preview: { text: 'On its way', by: 'agent', at: 2 } }), {})).toBe(0)
})

it('counts a request until its log was read as far as the request', () => {
  const row = aRequest({ seq: 3 })
  expect([0, 2, 3, 4].map((order) => isUnreadRequest(row, order))).toEqual([true, true, false, false])
})

it('does not call for an answered request or for probable spam', () => {
  expect(isUnreadRequest(aRequest({ state: 'answered' }), 0)).toBe(false)
  expect(isUnreadRequest(aRequest({ spam: true }), 0)).toBe(false)
})

it('a log is read as far as the furthest of all operators', () => {
  const row = aConversation({ read: 4 })
  const rows = new Map([[row.c, row]])
  expect([readOrder(row.c, rows, {}), readOrder(row.c, rows, { [row.c]: 6 }), readOrder('c_other', rows, {})]).toEqual([4, 6, 0])
})
