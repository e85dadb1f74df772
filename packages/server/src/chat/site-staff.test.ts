import { expect, it } from 'vitest'
import { createManualClock } from '../../test/domain/manual-clock.js'
import type { Doors } from '../hours/site-doors.js'
import type { LeasedOperator } from '../presence/presence.types.js'
import type { Site } from '../store/site-registry.js'
import { createSiteStaff, staffFor } from './site-staff.js'

const operators: readonly LeasedOperator[] = ['ann', 'bob'].map((id) => ({ id, name: id, isAvailable: true, isSuspect: false }))
const departments = [
  { id: 'sales', name: 'Sales', operators: ['ann', 'eve'], hours: null },
  { id: 'constructor', name: 'Construction', operators: ['bob'] }
]
const shop: Site = { id: 'shop', name: 'Shop', origins: [], capacity: 5, settings: { departments } }

/** A shop whose doors close at one instant, and how often it was looked at. */
function openShop(closesAt: number) {
  const clock = createManualClock(0)
  let site = shop
  let looks = 0
  const staff = createSiteStaff({
    clock,
    presence: { leased: () => operators },
    sites: { get: () => site },
    doors: (_, department) => {
      if (department) looks++
      const doors: Doors = clock.now() < closesAt ? 'open' : 'closed'
      return { opening: { isOpen: true }, doors, hasHours: true, changesAt: clock.now() < closesAt ? closesAt : Number.POSITIVE_INFINITY }
    },
    givenAt: () => undefined,
    loadWindowMs: 1
  })
  const change = (): void => {
    site = { ...site }
  }
  return { clock, change, looks: () => looks, doors: () => staffFor(staff('shop'), { department: 'sales' }).doors, staff }
}

it('a department has those of its operators who are there; null, and a name that the site does not have, are everybody', () => {
  const staff = openShop(1).staff('shop')
  const idsFor = (department: string | null): string[] => staffFor(staff, { department }).operators.map(({ id }) => id)
  expect(idsFor('sales')).toEqual(['ann'])
  expect(idsFor('constructor')).toEqual(['bob'])
  expect([idsFor(null), idsFor('cellar'), idsFor('toString')]).toEqual(Array.from({ length: 3 }, () => ['ann', 'bob']))
})

it('the hours of departments are looked at once in a second, at their very turn, and anew when the site was changed', async () => {
  const { clock, change, looks, doors } = openShop(1_500)
  expect([doors(), doors(), looks()]).toEqual(['open', 'open', 2])
  await clock.advance(1_000)
  expect([doors(), looks()]).toEqual(['open', 4])
  await clock.advance(499)
  expect([doors(), looks()]).toEqual(['open', 4])
  await clock.advance(1)
  expect([doors(), looks()]).toEqual(['closed', 6])
  change()
  expect([doors(), looks()]).toEqual(['closed', 8])
})
