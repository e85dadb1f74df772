import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aMessage, anOwnMessage } from '../../test/fake-chat.js'
import { firstUnreadId, othersAfter, receiptIds, rowKey, withReceipt } from './transcript-rows.js'

const idle = { state: 'idle', fields: {}, problems: {}, receipt: null } as const
const accepted = { ...idle, state: 'accepted', receipt: { reference: '7K3M-9QXA', createdAt: 1 } } as const
const system = { role: 'system', id: 's' } as const
const assigned = (id: string) => aMessage({ k: 'assigned', by: system, body: { operator: { id, name: id } } })
const joined = (id: string) => aMessage({ k: 'joined', by: { role: 'agent', id, name: id }, body: {} })

test('each state is shown once, at its newest message, and every failure', () => {
  const states = fc.constantFrom('pending', 'sent', 'delivered', 'read', 'failed') as fc.Arbitrary<'sent'>
  fc.assert(
    fc.property(fc.array(states), (all) => {
      const messages = all.map((state) => anOwnMessage({ state }))
      const shown = receiptIds([...messages, aMessage()])
      for (const { id, state } of messages) {
        const isNewest = messages.findLast((other) => other.state === state)?.id === id
        expect(shown.has(id)).toBe(isNewest || (state as string) === 'failed')
      }
    })
  )
})

test('the mark for new messages counts texts of others from the end', () => {
  const messages = [aMessage({ id: 'a' }), anOwnMessage(), aMessage({ id: 'b' }), joined('ben'), aMessage({ id: 'c' })]
  expect([0, 1, 2, 3, 9].map((unread) => firstUnreadId(messages, unread))).toEqual([undefined, 'c', 'b', 'a', undefined])
})

test('what came in behind the last seen message are texts of others', () => {
  const messages = [aMessage({ id: 'seen' }), anOwnMessage(), joined('ben'), aMessage({ id: 'new' })]
  expect(othersAfter(messages, 'seen').map(({ id }) => id)).toEqual(['new'])
})

test('an accepted request stands in the transcript once, under one key, before and after its entry comes', () => {
  const [receipt] = withReceipt([], accepted)
  const entry = anOwnMessage({ k: 'request', body: { request: 'r', reference: '7K3M-9QXA', fields: { text: 'Where?' } } })
  expect(withReceipt([entry], accepted)).toEqual([entry])
  expect(rowKey(receipt!)).toBe(rowKey(entry))
})

test('somebody who joins and is handed the chat is named once, others are not left out', () => {
  const shown = (...messages: Parameters<typeof withReceipt>[0]) => withReceipt(messages, idle).map(({ k }) => k)
  expect(shown(joined('ann'), assigned('ann'))).toEqual(['assigned'])
  expect(shown(assigned('ann'), joined('ann'))).toEqual(['joined'])
  expect(shown(joined('ann'), assigned('ben'))).toEqual(['joined', 'assigned'])
  expect(shown(joined('ann'), aMessage(), assigned('ann'))).toEqual(['joined', 'text', 'assigned'])
})
