import { expect, it } from 'vitest'
import { runHomesLayer } from '../faults/homes-layer.js'
import { seed } from '../harness/seed.js'

it('I8, I9, I13: whatever becomes of operators and their connections, nobody is told wrongly who is home', async () => {
  const results = await Promise.all([0, 1].map((run) => runHomesLayer({ seed: seed + run, runs: 1 })))
  for (const { violations, failedSeed } of results) expect(violations, `npm run faults -- --layer proxy --seed ${failedSeed} --runs 1`).toEqual([])
}, 60_000)
