import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chooseOperator } from '../chat/choose-operator.js'
import { computeAnswer, isGoingDown, isSameView, type View } from './compute.js'

const operator = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), name: fc.constant('x'), isAvailable: fc.boolean(), isSuspect: fc.boolean() })
const operators = fc.uniqueArray(operator, { selector: ({ id }) => id })
const loads = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(4)).map((entries) => new Map(Object.entries(entries)))
const view = fc.record({ operators, loads, capacity: fc.integer({ min: 1, max: 4 }) })

it('whoever is told that somebody has room is told the truth', () => {
  fc.assert(
    fc.property(view, (input) => {
      const { state } = computeAnswer(input, { isOpen: true })
      const available = input.operators.filter(({ isAvailable }) => isAvailable)
      const free = available.filter(({ id }) => (input.loads.get(id) ?? 0) < input.capacity)
      const expected = free.length > 0 ? 'online' : available.length > 0 ? 'busy' : input.operators.length > 0 ? 'away' : 'offline'
      expect(state).toBe(expected)
    })
  )
})

it('outside hours nobody is told that somebody is home, whoever is; within them everybody is told when they end', () => {
  fc.assert(
    fc.property(view, fc.constantFrom('hours', 'exception'), fc.option(fc.nat(), { nil: undefined }), (input, reason, changesAt) => {
      const opensAt = changesAt === undefined ? {} : { opensAt: changesAt }
      expect(computeAnswer(input, { isOpen: false, reason, ...opensAt })).toEqual({ state: 'offline', reason, ...opensAt })
      const closesAt = changesAt === undefined ? {} : { closesAt: changesAt }
      expect(computeAnswer(input, { isOpen: true, ...closesAt })).toEqual({ ...computeAnswer(input, { isOpen: true }), ...closesAt })
    })
  )
})

it('a new chat goes to nobody who is unavailable, suspect or full, and to nobody with more chats than another', () => {
  fc.assert(
    fc.property(view, (input) => {
      const load = (id: string): number => input.loads.get(id) ?? 0
      const free = input.operators.filter(({ id, isAvailable, isSuspect }) => isAvailable && !isSuspect && load(id) < input.capacity)
      const chosen = chooseOperator(input, null)
      const least = Math.min(...free.map(({ id }) => load(id)))
      expect(free.filter(({ id }) => load(id) === least).includes(chosen as never)).toBe(free.length > 0)
      expect(chosen === undefined).toBe(free.length === 0)
    })
  )
})

it('whoever had a chat last gets it again when he is free, and otherwise the choice is as if nobody had had it', () => {
  fc.assert(
    fc.property(view, fc.constantFrom('a', 'b', 'c', 'd'), (input, preferred) => {
      const isFree = input.operators.some(
        ({ id, isAvailable, isSuspect }) => id === preferred && isAvailable && !isSuspect && (input.loads.get(id) ?? 0) < input.capacity
      )
      const chosen = chooseOperator(input, preferred)
      expect(chosen?.id).toBe(isFree ? preferred : chooseOperator(input, null)?.id)
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

it('a view goes down when those without a chat are told less', () => {
  fc.assert(
    fc.property(aView, aView, (a, b) => {
      expect(isGoingDown(a, b)).toBe(order.indexOf(toldTo('somebody', b)) < order.indexOf(toldTo('somebody', a)))
    })
  )
})
