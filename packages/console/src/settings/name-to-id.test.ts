import { expect, it } from 'vitest'
import { nameToId } from './name-to-id.js'

it.each([
  ['Sales', 'sales'],
  ['  Customer care & repairs ', 'customer-care-repairs'],
  ['Obsługa Łódź', 'obsluga-lodz'],
  ['Größe 24/7', 'grosse-24-7'],
  ['Продажи', ''],
  [`${'a'.repeat(39)} bee`, 'a'.repeat(39)]
])('%j is called %j in public', (name, id) => {
  expect(nameToId(name)).toBe(id)
})
