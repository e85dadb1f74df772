import { runHomesLayer } from './homes-layer.js'
import { type LayerOptions, type LayerResult, runLayer } from './layer.js'
import { runProxyLayer } from './proxy-layer.js'
import { runStrangersLayer } from './strangers-layer.js'

/** Everything that is run against a real server over real sockets, of one seed: what people write, who is home, and who may hear of it. */
export function runSocketsLayer(options: LayerOptions): Promise<LayerResult> {
  return runLayer(options, async (seed) => {
    const results: LayerResult[] = []
    // One after the other: two servers at once would hold up each other's clocks.
    for (const run of [runProxyLayer, runHomesLayer, runStrangersLayer]) results.push(await run({ seed, runs: 1 }))
    const steps = results.reduce((sum, result) => sum + result.steps, 0)
    const failed = results.find(({ violations }) => violations.length > 0)
    return { steps, violations: failed?.violations ?? [], history: failed?.history ?? [] }
  })
}
