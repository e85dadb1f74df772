import { expect, it } from 'vitest'
import { type ChangeSiteBody, ChangeSiteBodySchema } from './api-sites.js'
import { parse } from './parse.js'

const sales = { id: 'sales', name: 'Sales', operators: ['op_ann'] }
const hours = { zone: 'Europe/Warsaw', week: {} }

it('departments and the capacity are read as they are written', () => {
  const body: ChangeSiteBody = {
    capacity: 7,
    departments: [sales, { ...sales, id: 'care', hours }, { ...sales, id: 'night', operators: [], hours: null }]
  }
  expect(parse(ChangeSiteBodySchema, body)).toEqual(body)
  expect(parse(ChangeSiteBodySchema, { departments: [] })).toEqual({ departments: [] })
})

it.each([
  ['departments.0.id', [{ ...sales, id: 'Sales' }]],
  ['departments.0.id', [{ ...sales, id: 'a'.repeat(41) }]],
  ['departments.0.name: is empty', [{ ...sales, name: ' ' }]],
  ['departments.0.operators: holds an operator twice', [{ ...sales, operators: ['op_ann', 'op_ann'] }]],
  ['departments.0.operators.0', [{ ...sales, operators: [1] }]],
  ['departments.1.hours.zone: is not a time zone', [sales, { ...sales, id: 'care', hours: { ...hours, zone: 'Mars/Olympus' } }]],
  ['departments.0.boss', [{ ...sales, boss: 'op_ann' }]],
  ['departments: holds an id twice', [sales, { ...sales, name: 'More sales' }]],
  ['departments', Array.from({ length: 51 }, (_, index) => ({ ...sales, id: `sales-${index}` }))]
])('departments that cannot be are refused with the place: %s', (problem, departments) => {
  expect(() => parse(ChangeSiteBodySchema, { departments })).toThrow(problem)
})

it.each([0, 8, 2.5, '5', null])('an operator cannot take %j chats at once', (capacity) => {
  expect(() => parse(ChangeSiteBodySchema, { capacity })).toThrow('capacity')
})
