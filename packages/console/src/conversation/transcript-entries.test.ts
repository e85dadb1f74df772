import type { Message, PendingMessage } from '@porchlight/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aMessage, ann, olive } from '../../test/fake-connection.js'
import { customerReceipt, transcriptEntries } from './transcript-entries.js'

const nowhere = { delivered: 0, read: 0 }
const ben = { role: 'agent', id: 'o_2', name: 'Ben' } as const

function entriesOf(messages: readonly Message[], pending: readonly PendingMessage[] = [], customer = nowhere) {
  return transcriptEntries({ messages, pending, operatorId: olive.id, customer })
}

it('keeps the order of the log, and puts what is on its way after it', () => {
  const waiting: PendingMessage = { c: 'c_1', id: 'own', n: 1, k: 'text', body: { text: 'soon' }, at: 0, state: 'pending' }
  expect(entriesOf([aMessage({ order: 1 }), aMessage({ order: 2, by: olive })], [waiting]).map(({ id }) => id)).toEqual([
    'id-c_1-1',
    'id-c_1-2',
    'own'
  ])
})

it('says of each own message how far it came, and marks the last of each state', () => {
  const author = fc.constantFrom(ann, olive, ben)
  fc.assert(
    fc.property(fc.array(author, { maxLength: 12 }), fc.nat(12), fc.nat(12), (authors, delivered, read) => {
      const messages = authors.map((by, index) => aMessage({ order: index + 1, by }))
      const customer = { delivered: Math.max(delivered, read), read }
      const own = entriesOf(messages, [], customer).flatMap((entry) => (entry.kind === 'text' && entry.isOwn ? [entry] : []))
      const ranks = own.map(({ state }) => ['read', 'delivered', 'sent'].indexOf(state ?? ''))
      expect(ranks).toEqual([...ranks].sort())
      for (const state of ['read', 'delivered', 'sent'] as const) {
        const inState = own.filter((entry) => entry.state === state)
        expect(inState.filter(({ showsState }) => showsState)).toEqual(inState.slice(-1))
      }
    })
  )
})

it('says nothing of how far a colleague’s message came', () => {
  expect(entriesOf([aMessage({ order: 1, by: ben })])).toMatchObject([{ kind: 'text', isOwn: false, showsState: false }])
  expect(entriesOf([aMessage({ order: 1, by: ben })])[0]).not.toHaveProperty('state')
})

it.each([
  ['status', { status: 'closed' }, { notice: 'closed', about: null }],
  ['status', { status: 'open' }, { notice: 'reopened', about: null }],
  ['assigned', { operator: { id: 'o_2', name: 'Ben' } }, { notice: 'assigned', about: 'Ben' }],
  ['assigned', { operator: null }, { notice: 'unassigned', about: null }],
  ['joined', {}, { notice: 'joined', about: null }],
  ['left', {}, { notice: 'left', about: null }],
  ['converted', { request: 'r', reference: '7K3M-9QXD' }, { notice: 'converted', about: '7K3M-9QXD' }]
])('shows %s %j as a line', (k, body, expected) => {
  expect(entriesOf([aMessage({ order: 1, k, body })])).toMatchObject([{ kind: 'notice', ...expected }])
})

it('T22: shows nothing for a kind of a newer server, for what is hidden, and for data that does not fit', () => {
  const odd = fc.record({
    k: fc.constantFrom('weather', 'hidden', 'text', 'request', 'status'),
    body: fc.dictionary(fc.constantFrom('text', 'fields', 'status'), fc.integer())
  })
  fc.assert(
    fc.property(odd, ({ k, body }) => {
      expect(entriesOf([aMessage({ order: 1, k, body })])).toEqual([])
    })
  )
})

it('takes the furthest of a customer’s devices, and nobody else', () => {
  const by = (id: string) => ({ role: 'visitor', id }) as const
  const receipts = {
    a: { by: by('a'), delivered: 4, read: 1 },
    b: { by: by('b'), delivered: 3, read: 2 },
    c: { by: ben, delivered: 9, read: 9 }
  }
  expect(customerReceipt(receipts)).toEqual({ delivered: 4, read: 2 })
  expect(customerReceipt({})).toEqual(nowhere)
})
