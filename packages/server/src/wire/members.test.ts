import { type CloseName, closeCodes, limits } from '@porchlight/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Member } from './hub.types.js'
import { createMembers } from './members.js'

const nobody = { rev: 0, state: 'offline', reason: 'no_agents' } as const

interface Person {
  readonly generation: number
  readonly device: string
  readonly tab?: string | undefined
}

/** Admits connections in the order given; the generations that stay, and why the others went. */
function admitAll(people: readonly Person[]): { readonly stay: readonly number[]; readonly closed: ReadonlyMap<number, CloseName> } {
  const members = createMembers()
  const closed = new Map<number, CloseName>()
  const leaves = new Map<number, () => void>()
  for (const { generation, device, tab } of people) {
    const member: Member = {
      conn: `x_${generation}`,
      generation,
      subject: { kind: 'operator', site: 'shop', id: 'ann', name: 'Ann', role: 'agent' },
      device,
      tab,
      via: 'socket',
      session: undefined,
      home: { now: () => nobody, news: () => undefined, startAt: () => {}, moveTo: () => {} },
      onEvent: () => {},
      push: () => {},
      close: (name) => {
        closed.set(generation, name)
        leaves.get(generation)?.()
      },
      drain: async () => {}
    }
    leaves.set(generation, members.admit(member))
    if (closed.has(generation)) leaves.get(generation)?.()
  }
  return { stay: members.all().map(({ generation }) => generation), closed }
}

it('I13: whichever hello is answered first, the connection of a page that began last is the one that stays', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), (count, seed) => {
      const people = Array.from({ length: count }, (_, index) => ({ generation: index + 1, device: 'd', tab: 't' }))
      const shuffled = [...people].sort((a, b) => ((a.generation * 7_919 + seed) % 31) - ((b.generation * 7_919 + seed) % 31))
      const { stay, closed } = admitAll(shuffled)
      expect(stay).toEqual([count])
      expect([...closed.values()].every((name) => closeCodes[name].code === 4409)).toBe(true)
    })
  )
})

it('the oldest of a device goes, however late its hello came', () => {
  const people = Array.from({ length: limits.socketsPerDevice + 1 }, (_, index) => ({ generation: index + 2, device: 'd' }))
  expect(admitAll(people).closed).toEqual(new Map([[2, 'replaced']]))
})
