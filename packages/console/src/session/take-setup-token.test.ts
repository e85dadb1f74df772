import { expect, it } from 'vitest'
import { takeSetupToken } from './take-setup-token.js'

it('takes the token out of the address at once', () => {
  history.replaceState(null, '', '/console/?a=1#setup=plx_abc-1')
  expect(takeSetupToken(location, history)).toBe('plx_abc-1')
  expect(location.href).toMatch(/\/console\/\?a=1$/)
})

it('leaves any other fragment alone', () => {
  history.replaceState(null, '', '/console/#elsewhere')
  expect(takeSetupToken(location, history)).toBe(null)
  expect(location.hash).toBe('#elsewhere')
})
