import { expect, it } from 'vitest'
import { createManualClock } from '../../test/domain/manual-clock.js'
import { createShownOperators } from './shown-operators.js'

const operator = { id: 'ann', name: 'Ann' }
const there = { site: 'shop', operator, isThere: true, isLive: true }
const gone = { site: 'shop', operator, isThere: false, isLive: false }

it('whoever came and went is shown within two minutes of staying, also when the clock was set back meanwhile', async () => {
  const clock = createManualClock()
  let backMs = 0
  const shown = createShownOperators({ clock: { ...clock, now: () => clock.now() - backMs }, onChange: () => undefined })
  for (const sighting of [there, gone, there, gone]) shown.see(sighting)
  backMs = 5 * 3_600_000
  shown.see(there)
  await clock.advance(120_000)
  expect(shown.isShown('shop', 'ann')).toBe(true)
})
