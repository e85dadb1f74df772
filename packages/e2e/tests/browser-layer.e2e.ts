import { expect, it } from 'vitest'
import { runBrowserLayer } from '../faults/browser-layer.js'
import { seed } from '../harness/seed.js'

it.runIf(process.platform === 'linux')(
  'T19, T31, T32: with a wrong clock, reloaded in the moment of sending, cut off and killed, a browser sends each text once and in order',
  async () => {
    const { violations, failedSeed, steps } = await runBrowserLayer({ seed, runs: 1 })
    expect(violations, `npm run faults -- --layer browser --seed ${failedSeed} --runs 1`).toEqual([])
    expect(steps).toBeGreaterThan(0)
  }
)
