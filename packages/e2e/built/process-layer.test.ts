import { expect, it } from 'vitest'
import { runProcessLayer } from '../faults/process-layer.js'
import { seed } from '../harness/seed.js'

it('T2, T61: a server that is killed at each point of its work loses nothing that it confirmed, and doubles nothing', async () => {
  const [first, second] = await Promise.all([runProcessLayer({ seed, runs: 3 }), runProcessLayer({ seed: seed + 3, runs: 2 })])
  for (const { violations, failedSeed, steps } of [first, second]) {
    expect(violations, `npm run faults -- --layer process --seed ${failedSeed} --runs 1`).toEqual([])
    expect(steps).toBeGreaterThan(0)
  }
}, 240_000)
