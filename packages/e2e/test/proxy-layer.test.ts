import { expect, it } from 'vitest'
import { runProxyLayer } from '../faults/proxy-layer.js'
import { seed } from '../harness/seed.js'

it('whatever happens on the ways between customers, operators and the server, no promise is broken', async () => {
  const results = await Promise.all([0, 1, 2].map((run) => runProxyLayer({ seed: seed + run, runs: 1 })))
  for (const { violations, failedSeed } of results) expect(violations, `npm run faults -- --layer proxy --seed ${failedSeed} --runs 1`).toEqual([])
  for (const { steps } of results) expect(steps).toBeGreaterThan(0)
}, 60_000)
