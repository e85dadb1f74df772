import type { AvailabilityState } from '@porchlight/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModeInputs, nextMode } from './mode.js'

const calm: ModeInputs = {
  previous: null,
  availability: 'online',
  isFormInUse: false,
  chosen: null,
  requests: 'native'
}
const when = (availability: AvailabilityState, more: Partial<ModeInputs> = {}) => nextMode({ ...calm, availability, ...more })

describe('the mode', () => {
  it.each([
    ['online', 'chat'],
    ['busy', 'chat'],
    ['away', 'request'],
    ['offline', 'request'],
    ['unknown', 'chat']
  ] as const)('of a new customer is, when %s: %s', (state, mode) => {
    expect(when(state)).toBe(mode)
  })

  it('stays as it was while nobody knows who is home', () => {
    const inputs = fc.record({ isFormInUse: fc.boolean(), previous: fc.constantFrom('chat', 'request') })
    fc.assert(
      fc.property(inputs, (known) => {
        expect(when('unknown', known as Partial<ModeInputs>)).toBe(known.previous)
      })
    )
  })

  it('goes back to chat by itself only while no field was touched', () => {
    expect(when('online', { previous: 'request' })).toBe('chat')
    expect(when('online', { previous: 'request', isFormInUse: true })).toBe('request')
    expect(when('online', { previous: 'request', isFormInUse: true, chosen: 'chat' })).toBe('chat')
  })

  it('is the form when the user asks for it, whoever is home', () => {
    fc.assert(
      fc.property(fc.constantFrom<AvailabilityState>('online', 'busy', 'away', 'offline', 'unknown'), (state) => {
        expect(when(state, { chosen: 'request', previous: 'chat' })).toBe('request')
      })
    )
  })

  it('cannot be chosen to be a chat when nobody is home', () => {
    expect(when('offline', { chosen: 'chat', previous: 'request' })).toBe('request')
  })

  it('is always chat where nobody takes requests', () => {
    expect(when('offline', { requests: 'none', chosen: 'request' })).toBe('chat')
  })

  it('with a draft of an earlier visit begins as a chat when somebody is home', () => {
    expect(when('online', { previous: null, isFormInUse: true })).toBe('chat')
  })
})
