import fc from 'fast-check'
import { expect, it } from 'vitest'
import { holdOrder } from './held-order.js'

const ids = fc.uniqueArray(fc.stringMatching(/^[a-h]$/), { maxLength: 8 })
const free = { pointer: false, focus: false }
const pointed = { pointer: true, focus: false }
const focused = { pointer: false, focus: true }

it('takes the wanted order when nobody touches the list', () => {
  fc.assert(
    fc.property(ids, ids, (shown, wanted) => {
      expect(holdOrder(shown, wanted, free)).toEqual({ ids: wanted, buffered: 0 })
    })
  )
})

it('never moves a row that stays, under a pointer or under the keyboard', () => {
  fc.assert(
    fc.property(ids, ids, fc.constantFrom(pointed, focused), (shown, wanted, hold) => {
      const stays = shown.filter((id) => wanted.includes(id))
      expect(holdOrder(shown, wanted, hold).ids.slice(0, stays.length)).toEqual(stays)
    })
  )
})

it('shows every row under a pointer, new ones below the others', () => {
  fc.assert(
    fc.property(ids, ids, (shown, wanted) => {
      const held = holdOrder(shown, wanted, pointed)
      expect(held.buffered).toBe(0)
      expect([...held.ids].sort()).toEqual([...wanted].sort())
    })
  )
})

it('counts each new row once while the keyboard is in the list', () => {
  expect(holdOrder(['a', 'b'], ['c', 'a', 'd', 'b'], focused)).toEqual({ ids: ['a', 'b'], buffered: 2 })
})

it('shows the first rows of an empty list at once', () => {
  expect(holdOrder([], ['a'], focused)).toEqual({ ids: ['a'], buffered: 0 })
})

it('loses no row: shown and buffered ones are all that are wanted', () => {
  fc.assert(
    fc.property(ids, ids, fc.record({ pointer: fc.boolean(), focus: fc.boolean() }), (shown, wanted, hold) => {
      const held = holdOrder(shown, wanted, hold)
      expect(held.ids.length + held.buffered).toBe(wanted.length)
      expect(held.ids.every((id) => wanted.includes(id))).toBe(true)
    })
  )
})
