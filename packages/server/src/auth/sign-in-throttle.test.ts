import { isChatError } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { manualTime } from '../../test/api/manual-time.js'
import { createSignInThrottle, type SignInThrottle } from './sign-in-throttle.js'

const minuteMs = 60_000

/** The wait that an attempt is answered with; 0 when it may go on. */
function waitOf(throttle: SignInThrottle, email: string, address: string | null = null): number {
  try {
    throttle.attempt({ email, address })
    return 0
  } catch (error) {
    if (!isChatError(error) || error.code !== 'rate_limited') throw error
    return error.afterMs ?? -1
  }
}

function fail(throttle: SignInThrottle, times: number, email: string, address: string | null = null): void {
  for (let count = 0; count < times; count++) expect(waitOf(throttle, email, address)).toBe(0)
}

describe('an account', () => {
  it('waits after five failures, the longer the more there are, up to 15 minutes', () => {
    const clock = manualTime()
    const throttle = createSignInThrottle(clock)
    fail(throttle, 5, 'ann@shop.example')
    const waits: number[] = []
    for (let round = 0; round < 8; round++) {
      const wait = waitOf(throttle, 'ann@shop.example')
      waits.push(wait)
      clock.pass(wait)
      // The delay has outlived the window by then, so five more failures are needed to be delayed again.
      while (waitOf(throttle, 'ann@shop.example') === 0);
    }
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000, 900_000])
  })

  it('is the same account however its address is written', () => {
    const throttle = createSignInThrottle(manualTime())
    fail(throttle, 5, ' ANN@shop.example ')
    expect(waitOf(throttle, 'ann@Shop.Example')).toBeGreaterThan(0)
    expect(waitOf(throttle, 'bob@shop.example')).toBe(0)
  })

  it('starts afresh after a right password', () => {
    const throttle = createSignInThrottle(manualTime())
    fail(throttle, 4, 'ann@shop.example')
    throttle.attempt({ email: 'ann@shop.example', address: null }).succeeded()
    fail(throttle, 5, 'ann@shop.example')
    expect(waitOf(throttle, 'ann@shop.example')).toBeGreaterThan(0)
  })

  it('has attempts counted that are made before the first one is answered', () => {
    const throttle = createSignInThrottle(manualTime())
    const started = Array.from({ length: 50 }, () => waitOf(throttle, 'ann@shop.example'))
    expect(started.filter((wait) => wait === 0)).toHaveLength(5)
  })

  it('does not pay for attempts whose password nobody looked at', () => {
    const throttle = createSignInThrottle(manualTime())
    for (let count = 0; count < 20; count++) throttle.attempt({ email: 'ann@shop.example', address: '203.0.113.5' }).withdrawn()
    expect(waitOf(throttle, 'ann@shop.example', '203.0.113.5')).toBe(0)
  })

  it('forgets failures after five minutes', () => {
    const clock = manualTime()
    const throttle = createSignInThrottle(clock)
    fail(throttle, 4, 'ann@shop.example')
    clock.pass(5 * minuteMs + 1)
    fail(throttle, 4, 'ann@shop.example')
  })
})

describe('an account whose password others guess', () => {
  const owner = 'ann@shop.example'

  it('lets its owner in from another address, new or known', () => {
    const throttle = createSignInThrottle(manualTime())
    fail(throttle, 5, owner, '203.0.113.66')
    expect(waitOf(throttle, owner, '203.0.113.66')).toBeGreaterThan(0)
    expect(waitOf(throttle, owner, '198.51.100.7')).toBe(0)
  })

  it('from a hundred addresses at once waits at new ones, but never where it was signed in before', () => {
    const clock = manualTime()
    const throttle = createSignInThrottle(clock)
    throttle.attempt({ email: owner, address: '198.51.100.7' }).succeeded()
    let tried = 0
    for (let count = 0; count < 100; count++) if (waitOf(throttle, owner, `203.0.113.${count}`) === 0) tried++
    expect(tried).toBe(50)
    expect(waitOf(throttle, owner, '192.0.2.1')).toBeGreaterThan(0)
    expect(waitOf(throttle, owner, '198.51.100.7')).toBe(0)
    clock.pass(15 * minuteMs + 1)
    expect(waitOf(throttle, owner, '192.0.2.1')).toBe(0)
  })

  it('does not become a place to guess from by one success: failures there count again', () => {
    const throttle = createSignInThrottle(manualTime())
    throttle.attempt({ email: owner, address: '198.51.100.7' }).succeeded()
    fail(throttle, 5, owner, '198.51.100.7')
    expect(waitOf(throttle, owner, '198.51.100.7')).toBeGreaterThan(0)
  })
})

describe('an address', () => {
  it('waits after twenty failures on whatever accounts, until the first of them is 15 minutes old', () => {
    const clock = manualTime()
    const throttle = createSignInThrottle(clock)
    for (let count = 0; count < 20; count++) fail(throttle, 1, `user${count}@shop.example`, '203.0.113.5')
    expect(waitOf(throttle, 'new@shop.example', '203.0.113.5')).toBe(15 * minuteMs)
    expect(waitOf(throttle, 'new@shop.example', '203.0.113.6')).toBe(0)
    clock.pass(15 * minuteMs + 1)
    expect(waitOf(throttle, 'new@shop.example', '203.0.113.5')).toBe(0)
  })

  it('that is not counted never waits', () => {
    const throttle = createSignInThrottle(manualTime())
    for (let count = 0; count < 100; count++) fail(throttle, 1, `user${count}@shop.example`, null)
  })
})
