import type { ConversationRow } from '@porchlight/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aConversation, aRequest } from '../../test/rows.js'
import { carryUnread, isUnreadRequest, readOrder } from './unread.js'

/** What may happen to a conversation, one after the other. */
const happenings = fc.array(fc.constantFrom('customer writes', 'operator writes', 'somebody is assigned', 'all is read'), { maxLength: 20 })

function next(row: ConversationRow, happening: string): ConversationRow {
  const at = row.updatedAt + 1
  if (happening === 'all is read') return { ...row, read: row.head, updatedAt: at }
  const grown = { ...row, head: row.head + 1, updatedAt: at }
  if (happening === 'somebody is assigned') return grown
  return { ...grown, preview: { text: 'the same words', by: happening === 'customer writes' ? 'visitor' : 'agent', at } }
}

it('counts exactly the customer’s messages since somebody read or answered, whatever else the log holds', () => {
  fc.assert(
    fc.property(happenings, (list) => {
      let row = aConversation({ head: 0, preview: null })
      let held = { row, read: 0, count: 0 }
      let expected = 0
      for (const happening of list) {
        row = next(row, happening)
        if (happening === 'customer writes') expected++
        else if (happening !== 'somebody is assigned') expected = 0
        const reading = { row, read: row.read }
        const { count, isExact } = carryUnread(reading, held)
        expect([happening, count, isExact]).toEqual([happening, expected, true])
        held = { ...reading, count }
      }
    })
  )
})

it('asks the log about a row it has not seen before', () => {
  expect(carryUnread({ row: aConversation({ head: 5, read: 1 }), read: 1 }, undefined)).toEqual({ count: 1, isExact: false })
})

it('asks the log when it was read in part', () => {
  const row = aConversation({ head: 5, read: 1 })
  expect(carryUnread({ row, read: 3 }, { row, read: 1, count: 4 })).toEqual({ count: 4, isExact: false })
})

it('asks the log when it was restored from a backup', () => {
  const row = aConversation({ head: 5, read: 1 })
  expect(carryUnread({ row: { ...row, epoch: 'e2' }, read: 1 }, { row, read: 1, count: 4 }).isExact).toBe(false)
})

it('what was read here counts before the server says so', () => {
  const row = aConversation({ head: 5, read: 1 })
  expect(carryUnread({ row, read: 5 }, { row, read: 1, count: 4 })).toEqual({ count: 0, isExact: true })
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
