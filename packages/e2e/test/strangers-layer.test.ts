import { expect, it } from 'vitest'
import { runStrangersLayer } from '../faults/strangers-layer.js'
import { seed } from '../harness/seed.js'

it('I10, I12: whoever names a log that is not his hears nothing of it, and nobody makes the server hold more than it may', async () => {
  const { violations, failedSeed } = await runStrangersLayer({ seed, runs: 1 })
  expect(violations, `npm run faults -- --layer proxy --seed ${failedSeed} --runs 1`).toEqual([])
}, 30_000)
