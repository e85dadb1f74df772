import { expect, test } from 'vitest'
import { pickBottom, pickOffer } from './pick-view.js'

test.each([
  ['chat', 'idle', 'composer'],
  ['chat', 'accepted', 'composer'],
  ['request', 'idle', 'form'],
  ['request', 'draft', 'form'],
  ['request', 'needs_fix', 'form'],
  ['request', 'sending', 'form'],
  ['request', 'held', 'held'],
  ['request', 'accepted', 'after']
] as const)('in %s with a request that is %s stands the %s', (mode, request, bottom) => {
  expect(pickBottom(mode, request)).toBe(bottom)
})

const details = { mode: 'chat', availability: 'busy', isAnswered: false, takesRequests: true } as const

test('the form is offered beside a chat that has to wait, and only then', () => {
  expect(pickOffer(details)).toBe('request')
  expect(pickOffer({ ...details, availability: 'online' })).toBeNull()
  expect(pickOffer({ ...details, isAnswered: true })).toBeNull()
  expect(pickOffer({ ...details, takesRequests: false })).toBeNull()
})

test('the chat is offered beside a form once somebody can answer', () => {
  for (const availability of ['online', 'busy'] as const) expect(pickOffer({ ...details, mode: 'request', availability })).toBe('chat')
  for (const availability of ['away', 'offline', 'unknown'] as const) expect(pickOffer({ ...details, mode: 'request', availability })).toBeNull()
})
