import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leastLoaded } from '../chat/least-loaded.js'
import { computeAnswer, isGoingDown, isSameView, type View } from './compute.js'

const operator = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), name: fc.constant('x'), isAvailable: fc.boolean(), isSuspect: fc.boolean() })
const operators = fc.uniqueArray(operator, { selector: ({ id }) => id })
const loads = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(4)).map((entries) => new Map(Object.entries(entries)))
const view = fc.record({ operators, loads, capacity: fc.integer({ min: 1, max: 4 }) })

it('whoever is told that somebody has room is told the truth', () => {
  fc.assert(
    fc.property(view, (input) => {
      const { state } = computeAnswer(input)
      const available = input.operators.filter(({ isAvailable }) => isAvailable)
      const free = available.filter(({ id }) => (input.loads.get(id) ?? 0) < input.capacity)
      const expected = free.length > 0 ? 'online' : available.length > 0 ? 'busy' : input.operators.length > 0 ? 'away' : 'offline'
      expect(state).toBe(expected)
    })
  )
})

it('a new chat goes to nobody who is unavailable, suspect or full, and to nobody with more chats than another', () => {
  fc.assert(
    fc.property(view, (input) => {
      const load = (id: string): number => input.loads.get(id) ?? 0
      const free = input.operators.filter(({ id, isAvailable, isSuspect }) => isAvailable && !isSuspect && load(id) < input.capacity)
      const chosen = leastLoaded(input)
      const least = Math.min(...free.map(({ id }) => load(id)))
      expect(free.filter(({ id }) => load(id) === least).includes(chosen as never)).toBe(free.length > 0)
      expect(chosen === undefined).toBe(free.length === 0)
    })
  )
})

const aView = fc.record({
  answer: fc.constantFrom(
    { state: 'online', reason: 'available' } as const,
    { state: 'busy', reason: 'full' } as const,
    { state: 'away', reason: 'not_available' } as const,
    { state: 'offline', reason: 'no_agents' } as const
  ),
  inChat: fc.uniqueArray(fc.constantFrom('v', 'w')).map((visitors): ReadonlySet<string> => new Set(visitors))
})
const order = ['offline', 'away', 'busy', 'online']
const toldTo = (visitor: string, { answer, inChat }: View): string => (inChat.has(visitor) ? 'online' : answer.state)

it('two views are the same exactly when nobody is told anything else', () => {
  fc.assert(
    fc.property(aView, aView, (a, b) => {
      const isSame = ['v', 'w', 'somebody'].every((visitor) => toldTo(visitor, a) === toldTo(visitor, b))
      expect(isSameView(a, b)).toBe(isSame)
    })
  )
})

it('a view goes down when somebody is told less', () => {
  fc.assert(
    fc.property(aView, aView, (a, b) => {
      const isLess = ['v', 'w', 'somebody'].some((visitor) => order.indexOf(toldTo(visitor, b)) < order.indexOf(toldTo(visitor, a)))
      expect(isGoingDown(a, b)).toBe(isLess)
    })
  )
})
