import { waitFor } from '@testing-library/preact'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Address, createAddress, formatPlace, type Place, parsePlace } from './address.js'

const somePlace: fc.Arbitrary<Place> = fc.record({
  site: fc.stringMatching(/^[a-z0-9-]{1,40}$/),
  open: fc.option(fc.record({ kind: fc.constantFrom('conversation' as const, 'request' as const), id: fc.stringMatching(/^[\w-]{1,64}$/) }))
})

let address: Address
beforeEach(() => {
  history.replaceState(null, '', '/console')
  address = createAddress(window)
})
afterEach(() => address.stop())

it('reads what it writes', () => {
  fc.assert(
    fc.property(somePlace, (place) => {
      expect(parsePlace(formatPlace(place))).toEqual({ ...place })
    })
  )
})

it('takes anything else for no place', () => {
  for (const hash of ['', '#', '#/', '#setup=abc', '#/shop/', '#/shop/conversations', '#/shop/people/1', '#/shop/requests/a b', '#/Shop'])
    expect([hash, parsePlace(hash)]).toEqual([hash, null])
})

it('makes one entry of the history for each place, and none for the place where it is', () => {
  const before = history.length
  const place: Place = { site: 'shop', open: { kind: 'request', id: 'r1' } }
  address.go(place)
  address.go(place)
  expect([location.hash, history.length - before]).toEqual(['#/shop/requests/r1', 1])
  expect(address.$place.get()).toEqual(place)
})

it('follows Back and Forward', async () => {
  address.go({ site: 'shop', open: { kind: 'conversation', id: 'c_1' } })
  address.go({ site: 'shop', open: { kind: 'conversation', id: 'c_2' } })
  history.back()
  await waitFor(() => expect(address.$place.get()?.open?.id).toBe('c_1'))
  history.forward()
  await waitFor(() => expect(address.$place.get()?.open?.id).toBe('c_2'))
})

it('leaves nothing of the place when it is cleared', () => {
  address.go({ site: 'shop', open: { kind: 'conversation', id: 'c_1' } })
  address.clear()
  expect([location.pathname, location.hash, address.$place.get()]).toEqual(['/console', '', null])
})
