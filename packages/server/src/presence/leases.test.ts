import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createManualClock } from '../../test/domain/manual-clock.js'
import { createLeases } from './leases.js'
import type { LeaseEnd } from './presence.types.js'

const durations = { leaseMs: 25_000, leftGraceMs: 8_000, lostGraceMs: 10_000 }
const holder = (conn: number) => ({ site: 'shop', operator: { id: 'ann', name: 'Ann' }, conn: `x_${conn}` })

type Step =
  | { readonly do: 'begin'; readonly conn: number }
  | { readonly do: 'renew'; readonly conn: number }
  | { readonly do: 'end'; readonly conn: number; readonly how: LeaseEnd }
  | { readonly do: 'wait'; readonly ms: number }

const conn = fc.integer({ min: 0, max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('begin' as const), conn }),
  fc.record({ do: fc.constant('renew' as const), conn }),
  fc.record({ do: fc.constant('end' as const), conn, how: fc.constantFrom<LeaseEnd>('left', 'lost', 'revoked') }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 30_000 }) })
)

it('I13, T44: what happens to one connection of an operator never makes another that lives look gone, and none outlives its last sign of life', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const clock = createManualClock()
      const leases = createLeases({ clock, durations, onChange: () => {} })
      /** When each connection that has not ended gave its last sign of life. */
      const alive = new Map<number, number>()
      let lastSign = Number.NEGATIVE_INFINITY
      let begun = 0
      for (const each of steps) {
        if (each.do === 'wait') await clock.jump(each.ms)
        else if (each.do === 'begin') {
          // A connection begins once: what comes back has another name.
          const next = begun++ * 4 + each.conn
          leases.begin(holder(next))
          alive.set(next, clock.now())
          lastSign = clock.now()
        } else {
          const newest = [...alive.keys()].filter((key) => key % 4 === each.conn).at(-1)
          if (newest === undefined) continue
          if (each.do === 'renew') {
            if (clock.now() - (alive.get(newest) as number) >= durations.leaseMs) alive.delete(newest)
            else alive.set(newest, clock.now())
            leases.renew(`x_${newest}`)
            if (alive.has(newest)) lastSign = clock.now()
          } else {
            leases.end(`x_${newest}`, each.how)
            alive.delete(newest)
            lastSign = Math.max(lastSign, clock.now())
          }
        }
        const isAlive = [...alive.values()].some((sign) => clock.now() - sign < durations.leaseMs)
        const found = leases.ofSite('shop')
        expect(found.some(({ isSuspect }) => !isSuspect)).toBe(isAlive)
        if (clock.now() - lastSign >= durations.leaseMs) expect(found).toEqual([])
      }
      leases.stop()
    })
  )
})
