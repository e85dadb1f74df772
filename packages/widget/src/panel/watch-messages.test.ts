import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aMessage, anOwnMessage } from '../../test/fake-chat.js'
import { newsOf } from './watch-messages.js'

test('what is newer than everything before is received, in order', () => {
  const before = [aMessage({ id: 'a', order: 1 })]
  const after = [...before, aMessage({ id: 'b', order: 2 }), aMessage({ id: 'c', order: 3, k: 'joined' }), anOwnMessage({ id: 'd', order: 4 })]
  expect(newsOf(before, after).received.map(({ id }) => id)).toEqual(['b'])
})

test('an unsent message below which an answer arrives hides nothing', () => {
  const pending = anOwnMessage({ id: 'p', order: 2, state: 'pending' })
  const before = [aMessage({ id: 'a', order: 1 }), pending]
  expect(newsOf(before, [before[0]!, aMessage({ id: 'b', order: 2 }), { ...pending, order: 3 }]).received.map(({ id }) => id)).toEqual(['b'])
})

test('an own message is news when it comes further, and not when it appears', () => {
  const pending = anOwnMessage({ id: 'p', state: 'pending' })
  expect(newsOf([], [pending]).progressed).toEqual([])
  expect(newsOf([pending], [{ ...pending, state: 'sent' }]).progressed).toHaveLength(1)
  expect(newsOf([{ ...pending, state: 'failed' }], [pending]).progressed).toEqual([])
})

test('the same list twice is no news, and every message is received at most once', () => {
  const anyMessage = fc.record({ id: fc.integer({ min: 0, max: 30 }), own: fc.boolean() })
  const lists = fc.array(fc.uniqueArray(anyMessage, { selector: ({ id }) => id }), { maxLength: 6 })
  fc.assert(
    fc.property(lists, (steps) => {
      const received: string[] = []
      let before: ReturnType<typeof aMessage>[] = []
      for (const step of steps) {
        const known = new Set(before.map(({ id }) => id))
        const fresh = step.filter(({ id }) => !known.has(`${id}`)).map(({ id, own }) => (own ? anOwnMessage : aMessage)({ id: `${id}`, order: id }))
        const after = [...before, ...fresh].sort((a, b) => a.order - b.order)
        expect(newsOf(after, after).received).toEqual([])
        received.push(...newsOf(before, after).received.map(({ id }) => id))
        before = after
      }
      expect(new Set(received).size).toBe(received.length)
    })
  )
})
