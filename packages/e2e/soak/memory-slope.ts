/** How much memory a process held at a moment, in milliseconds and bytes. */
export interface MemorySample {
  readonly at: number
  readonly bytes: number
}

const hourMs = 3_600_000
/** Caches fill, code is compiled: the first half of a run says nothing, and of a long one the first ten minutes. */
const warmUpMaxMs = 600_000
/** Fewer samples say nothing about a slope. */
const fewestSamples = 20
/** What memory may grow in the rest of a run, in percent: 1 %/h in two hours, and in a shorter run as much more as its samples can tell less. */
const growthMaxPercent = 1.8

/** How memory grew, and how it may have. */
export interface MemorySlope {
  readonly percentPerHour: number
  readonly maxPercentPerHour: number
}

/**
 * The slope of memory over time by least squares, in percent per hour of its mean, after the warm-up. Nothing when the samples after it are too few to say.
 *
 * @param sinceMs When the process began, on the clock of the samples.
 * @param untilMs When it had nothing more to do: what it lets go of afterwards would hide what it has kept. Default: the last sample.
 */
export function memorySlope(
  samples: readonly MemorySample[],
  sinceMs: number,
  untilMs: number = samples.at(-1)?.at ?? sinceMs
): MemorySlope | undefined {
  const warmUpMs = Math.min(warmUpMaxMs, (untilMs - sinceMs) / 2)
  const warm = samples.filter(({ at }) => at - sinceMs >= warmUpMs && at <= untilMs)
  const [first, last] = [warm[0], warm.at(-1)]
  if (!first || !last || warm.length < fewestSamples) return undefined
  const mean = { at: meanOf(warm.map(({ at }) => at)), bytes: meanOf(warm.map(({ bytes }) => bytes)) }
  const spread = sumOf(warm.map(({ at }) => (at - mean.at) ** 2))
  const bytesPerMs = sumOf(warm.map(({ at, bytes }) => (at - mean.at) * (bytes - mean.bytes))) / spread
  const percent = (bytesPerMs * hourMs * 100) / mean.bytes
  return { percentPerHour: percent, maxPercentPerHour: growthMaxPercent / ((last.at - first.at) / hourMs) }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)
const meanOf = (numbers: readonly number[]): number => sumOf(numbers) / numbers.length
