import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Answer, computeAnswer } from '../availability/compute.js'
import { chooseOperator } from '../chat/choose-operator.js'
import { membersOf } from './members-of.js'

const ids = ['a', 'b', 'c', 'd'] as const
const operators = fc.uniqueArray(
  fc.record({ id: fc.constantFrom(...ids), name: fc.constant('x'), isAvailable: fc.boolean(), isSuspect: fc.boolean() }),
  { selector: ({ id }) => id }
)
const loads = fc.dictionary(fc.constantFrom(...ids), fc.nat(4)).map((entries) => new Map(Object.entries(entries)))
const view = fc.record({ operators, loads, capacity: fc.integer({ min: 1, max: 4 }) })
const members = fc.subarray([...ids])
const order: readonly Answer['state'][] = ['offline', 'away', 'busy', 'online']
const levelOf = ({ state }: Answer): number => order.indexOf(state)
const isOpen = { isOpen: true } as const

it('a site is as near as the nearest of its departments, where everybody answers in one of them', () => {
  fc.assert(
    fc.property(view, fc.array(members, { maxLength: 4 }), (site, departments) => {
      const left = { operators: ids.filter((id) => !departments.flat().includes(id)) }
      const parts = [left, ...departments.map((department) => ({ operators: department }))]
      const answers = parts.map((part) => computeAnswer({ ...site, operators: membersOf(site.operators, part) }, isOpen))
      expect(levelOf(computeAnswer({ ...site, operators: membersOf(site.operators, undefined) }, isOpen))).toBe(Math.max(...answers.map(levelOf)))
    })
  )
})

it('a department says and gives the same whatever they do who do not answer in it', () => {
  fc.assert(
    fc.property(view, operators, members, (site, others, department) => {
      const own = site.operators.filter(({ id }) => department.includes(id))
      const there = [...own, ...others.filter(({ id }) => !department.includes(id))]
      const part = { ...site, operators: membersOf(there, { operators: department }) }
      expect(computeAnswer(part, isOpen)).toEqual(computeAnswer({ ...site, operators: own }, isOpen))
      const chosen = chooseOperator(part, null)
      expect(chosen === undefined || department.includes(chosen.id as (typeof ids)[number])).toBe(true)
    })
  )
})
