import type { HistoryEntry, Violation } from '@porchlight/adapters/testing'

/** What a layer is asked for. */
export interface LayerOptions {
  /** Everything that chance decides follows from it; run `i` of a seed is run 0 of `seed + i`. */
  readonly seed: number
  readonly runs: number
}

/** What came of it. A layer stops at the first run that breaks a promise. */
export interface LayerResult {
  readonly steps: number
  readonly violations: readonly Violation[]
  /** The history of the run that broke one. */
  readonly history: readonly HistoryEntry[]
  /** The seed that repeats that run alone. */
  readonly failedSeed?: number
}

/** Goes from run to run until one breaks a promise. */
export async function runLayer(
  { seed, runs }: LayerOptions,
  runOne: (seed: number) => Promise<Omit<LayerResult, 'failedSeed'>>
): Promise<LayerResult> {
  let steps = 0
  for (let run = 0; run < runs; run++) {
    const result = await runOne(seed + run).catch((cause: unknown) => {
      throw new Error(`the run of seed ${seed + run} broke off: ${cause instanceof Error ? cause.message : cause}`, { cause })
    })
    steps += result.steps
    if (result.violations.length > 0) return { ...result, steps, failedSeed: seed + run }
  }
  return { steps, violations: [], history: [] }
}

/** Waits until something is so, looking often; answers whether it came to be within `withinMs`. */
export async function becomes(isSo: () => boolean, withinMs = 30_000): Promise<boolean> {
  const until = performance.now() + withinMs
  while (!isSo()) {
    if (performance.now() > until) {
      return false
    }
    await pause(5)
  }
  return true
}

/** Lets real time pass: what a run does to real sockets has to happen at some distance. */
export function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, durationMs))
}
