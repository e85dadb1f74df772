import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createPresence } from '../../src/presence/presence.js'
import { createManualClock } from './manual-clock.js'
import { temporaryDatabase } from './world.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

it('a thousand signs of life of an operator leave nothing in memory of what was written for them', async () => {
  const db = await temporaryDatabase()
  const written: WeakRef<object>[] = []
  const write = async () => {
    const result = {}
    written.push(new WeakRef(result))
    return result as never
  }
  const durations = { leaseMs: 25_000, leftGraceMs: 8_000, lostGraceMs: 10_000, bootHoldMs: 15_000 }
  const onFault = (error: unknown) => expect.unreachable(String(error))
  const presence = await createPresence({ db: { ...db, write }, clock: createManualClock(), durations, onFault })
  await presence.connect({ conn: 'connection', site: 'shop', operator: { id: 'ann', name: 'Ann' } })
  for (let count = 0; count < 1_000; count++) {
    presence.renew('connection')
    await new Promise(setImmediate)
  }
  collect()
  expect(written.length).toBeGreaterThan(1_000)
  // The last ones may be on their way still.
  expect(written.filter((result) => result.deref() !== undefined).length).toBeLessThan(10)
  await presence.close()
})
