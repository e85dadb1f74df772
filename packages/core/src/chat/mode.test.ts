import type { AvailabilityReason, AvailabilityState } from '@porchlight/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModeInputs, nextMode } from './mode.js'

const calm: ModeInputs = {
  previous: null,
  availability: { state: 'online', reason: 'available' },
  isRunning: false,
  isFormInUse: false,
  chosen: null,
  requests: 'native'
}
const when = (state: AvailabilityState, reason: AvailabilityReason, more: Partial<ModeInputs> = {}) =>
  nextMode({ ...calm, availability: { state, reason }, ...more })

describe('the mode', () => {
  it.each([
    ['online', 'available', 'chat'],
    ['busy', 'full', 'chat'],
    ['away', 'not_available', 'request'],
    ['offline', 'hours', 'request'],
    ['offline', 'no_agents', 'request'],
    ['unknown', 'stale', 'chat']
  ] as const)('of a new customer is, when %s (%s): %s', (state, reason, mode) => {
    expect(when(state, reason)).toBe(mode)
  })

  it('stays as it was while nobody knows who is home', () => {
    const inputs = fc.record({ isRunning: fc.boolean(), isFormInUse: fc.boolean(), previous: fc.constantFrom('chat', 'request') })
    fc.assert(
      fc.property(inputs, (known) => {
        expect(when('unknown', 'unreachable', known as Partial<ModeInputs>)).toBe(known.previous)
      })
    )
  })

  it('of a running chat stays chat when no new ones are taken', () => {
    expect(when('away', 'not_available', { previous: 'chat', isRunning: true })).toBe('chat')
    expect(when('offline', 'hours', { previous: 'chat', isRunning: true })).toBe('chat')
  })

  it('of a running chat becomes the form when no operator is left', () => {
    expect(when('offline', 'no_agents', { previous: 'chat', isRunning: true })).toBe('request')
  })

  it('goes back to chat by itself only while no field was touched', () => {
    expect(when('online', 'available', { previous: 'request' })).toBe('chat')
    expect(when('online', 'available', { previous: 'request', isFormInUse: true })).toBe('request')
    expect(when('online', 'available', { previous: 'request', isFormInUse: true, chosen: 'chat' })).toBe('chat')
  })

  it('is the form when the user asks for it, whoever is home', () => {
    fc.assert(
      fc.property(fc.constantFrom<AvailabilityState>('online', 'busy', 'away', 'offline', 'unknown'), (state) => {
        expect(when(state, 'forced', { chosen: 'request', previous: 'chat' })).toBe('request')
      })
    )
  })

  it('cannot be chosen to be a chat when nobody is home', () => {
    expect(when('offline', 'no_agents', { chosen: 'chat', previous: 'request' })).toBe('request')
  })

  it('is always chat where nobody takes requests', () => {
    expect(when('offline', 'no_agents', { requests: 'none', chosen: 'request' })).toBe('chat')
  })

  it('with a draft of an earlier visit begins as a chat when somebody is home', () => {
    expect(when('online', 'available', { previous: null, isFormInUse: true })).toBe('chat')
  })
})
