import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aConversation, aRequest, someConversations, someRequests } from '../../test/rows.js'
import { compareConversations, compareRequests, isUnanswered, isWaiting } from './row-order.js'

it('gives one order, whatever the rows came in', () => {
  fc.assert(
    fc.property(someConversations, someRequests, fc.nat(), (conversations, requests, seed) => {
      const turned = <T>(rows: readonly T[]): T[] => rows.map((_, index) => rows[(index + seed) % rows.length] as T)
      expect(turned(conversations).sort(compareConversations)).toEqual([...conversations].sort(compareConversations))
      expect(turned(requests).sort(compareRequests)).toEqual([...requests].sort(compareRequests))
    })
  )
})

it('puts everybody who waits before everybody who does not, and closed conversations last', () => {
  fc.assert(
    fc.property(someConversations, (rows) => {
      const kinds = [...rows].sort(compareConversations).map((row) => (row.state === 'closed' ? 2 : isWaiting(row) ? 0 : 1))
      expect(kinds).toEqual([...kinds].sort())
    })
  )
})

it('puts who waits longest first', () => {
  fc.assert(
    fc.property(someConversations, (rows) => {
      const waits = [...rows].sort(compareConversations).flatMap((row) => (isWaiting(row) ? [row.waitingSince] : []))
      expect(waits).toEqual([...waits].sort((a, b) => a - b))
    })
  )
})

it('keeps unanswered requests before answered and closed ones', () => {
  fc.assert(
    fc.property(someRequests, (rows) => {
      const sorted = [...rows].sort(compareRequests)
      const firstDone = sorted.findIndex((row) => !isUnanswered(row))
      expect(firstDone === -1 || sorted.slice(firstDone).every((row) => !isUnanswered(row))).toBe(true)
    })
  )
})

it('lists probable spam after the other unanswered requests, however old it is', () => {
  const spam = aRequest({ id: 'a', spam: true, createdAt: 1 })
  const real = aRequest({ id: 'b', createdAt: 9 })
  const answered = aRequest({ id: 'c', state: 'answered' })
  expect([answered, spam, real].sort(compareRequests)).toEqual([real, spam, answered])
})

it('lists unanswered requests by when they are due, whichever came first, and those without a promise by when they came', () => {
  const soon = aRequest({ id: 'a', createdAt: 5, due: 10 })
  const later = aRequest({ id: 'b', createdAt: 4, due: 20 })
  const old = aRequest({ id: 'c', createdAt: 1, due: null })
  expect([later, soon, old].sort(compareRequests)).toEqual([old, soon, later])
})

it('lists answered conversations by newest activity', () => {
  const older = aConversation({ c: 'a', waitingSince: null, updatedAt: 1 })
  const newer = aConversation({ c: 'b', waitingSince: null, updatedAt: 2 })
  expect([older, newer].sort(compareConversations)).toEqual([newer, older])
})
