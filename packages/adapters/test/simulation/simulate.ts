import fc from 'fast-check'
import { checkHistory, type HistoryEntry, type Violation } from '../../src/testing/index.js'
import { anySteps, type Step, type StepName, take } from './steps.js'
import { createWorld } from './world.js'

/** What became of one run. */
export interface Outcome {
  readonly history: readonly HistoryEntry[]
  readonly violations: readonly Violation[]
}

/** Runs `steps` in a world of `seed` to its end, and judges everything that was seen. */
export async function runOnce(seed: number, steps: readonly Step[]): Promise<Outcome> {
  const world = createWorld(seed)
  await world.pass(50)
  for (const step of steps) await take(world, step)
  await world.settle()
  const history = world.history.entries()
  return { history, violations: checkHistory(history) }
}

/** Options of {@link simulate}. */
export interface SimulateOptions {
  readonly seed: number
  readonly runs: number
  /** Most steps of a run. */
  readonly maxSteps: number
  /** What never happens. Default: everything does. */
  readonly without?: readonly StepName[] | undefined
  /** Most milliseconds that are spent on making a failing run shorter. Default 20,000. */
  readonly shrinkMs?: number | undefined
}

/** What many runs have shown. */
export interface Report {
  readonly runs: number
  readonly steps: number
  /** The shortest failing run that was found; undefined when none failed. */
  readonly failure?: Outcome & { readonly seed: number; readonly steps: readonly Step[] }
}

/** Runs many worlds from one seed, stops at the first in which a promise was broken, and makes that one shorter. */
export async function simulate({ seed, runs, maxSteps, without, shrinkMs = 20_000 }: SimulateOptions): Promise<Report> {
  let total = 0
  let count = 0
  let failure: Report['failure']
  const property = fc.asyncProperty(fc.integer(), anySteps(maxSteps, without), async (worldSeed, steps) => {
    count++
    total += steps.length
    const outcome = await runOnce(worldSeed, steps)
    if (outcome.violations.length > 0) failure = { ...outcome, seed: worldSeed, steps }
    return !failure
  })
  await fc.check(property, { seed, numRuns: runs, endOnFailure: true })
  if (failure) failure = await shorten(failure, performance.now() + shrinkMs)
  return { runs: count, steps: total, ...(failure ? { failure } : {}) }
}

type Failure = NonNullable<Report['failure']>

/** Leaves out as many steps as it can, in ever smaller pieces, as long as the same promise stays broken (Zeller, "Delta debugging", 1999). */
async function shorten(failure: Failure, untilMs: number): Promise<Failure> {
  const { invariant } = failure.violations[0]!
  let shortest = failure
  for (let size = Math.ceil(failure.steps.length / 2); size >= 1 && performance.now() < untilMs; ) {
    const before = shortest.steps.length
    for (let from = 0; from < shortest.steps.length && performance.now() < untilMs; ) {
      const steps = shortest.steps.filter((_, index) => index < from || index >= from + size)
      const outcome = await runOnce(failure.seed, steps)
      if (outcome.violations.some((violation) => violation.invariant === invariant)) shortest = { ...outcome, seed: failure.seed, steps }
      else from += size
    }
    if (size === 1 && shortest.steps.length === before) break
    size = Math.max(1, Math.floor(size / 2))
  }
  return shortest
}

/** Hundreds of texts at once: a run with them takes as long as ten others. */
export const crowded: readonly StepName[] = ['flood', 'sendLong']

/**
 * Together they leave nothing out. A page that finds no room on its disk is like another tab to the next page, and what it knew to be stored still
 * waits on the disk: of such a visitor nothing is forgotten meanwhile.
 */
export const mixtures: readonly { readonly without: readonly StepName[]; readonly share: number }[] = [
  { without: ['fillDisk', 'noRoom', ...crowded], share: 0.45 },
  { without: ['reset', 'restore', ...crowded], share: 0.45 },
  { without: ['reset', 'restore', 'newTab'], share: 0.1 }
]

/** So many of the runs each as their share is; few of those that take long. */
export async function simulateAll(options: Omit<SimulateOptions, 'without'>): Promise<Report> {
  let all: Report = { runs: 0, steps: 0 }
  for (const { without, share } of mixtures) {
    const { runs, steps, failure } = await simulate({ ...options, runs: Math.round(options.runs * share), without })
    all = { ...all, runs: all.runs + runs, steps: all.steps + steps, ...(failure ? { failure } : {}) }
    if (failure) break
  }
  return all
}
