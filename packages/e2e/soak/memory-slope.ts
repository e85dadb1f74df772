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
/** What memory may grow. */
const growthMaxPercentPerHour = 1
/**
 * Neighbouring samples resemble each other: only long stretches err each for itself, and tell by how far they lie beside their line what the
 * slope errs (batch means: Law and Kelton, "Simulation Modeling and Analysis").
 */
const stretches = 6
/** Student's t for as many stretches less two: 99 of 100 runs whose memory stays are within. */
const student = 3.747

/** How memory grew, and how it may have: by 1 %/h, and by what chance makes of a run that is so short and scatters so much. */
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
  if (warm.length < fewestSamples) return undefined
  const floors = Array.from({ length: stretches }, (_, index) => floorOf(partOf(warm, index)))
  const middle = meanOf(floors)
  const spread = sumOf(floors.map(({ at }) => (at - middle.at) ** 2))
  const bytesPerMs = sumOf(floors.map(({ at, bytes }) => (at - middle.at) * (bytes - middle.bytes))) / spread
  const beside = sumOf(floors.map(({ at, bytes }) => (bytes - middle.bytes - bytesPerMs * (at - middle.at)) ** 2))
  const errorBytesPerMs = Math.sqrt(beside / (stretches - 2) / spread)
  const percent = (hourMs * 100) / meanOf(warm).bytes
  return { percentPerHour: bytesPerMs * percent, maxPercentPerHour: growthMaxPercentPerHour + student * errorBytesPerMs * percent }
}

const partOf = (samples: readonly MemorySample[], index: number): readonly MemorySample[] =>
  samples.slice(Math.floor((index * samples.length) / stretches), Math.floor(((index + 1) * samples.length) / stretches))
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)
const meanOf = (samples: readonly MemorySample[]): MemorySample => ({
  at: sumOf(samples.map(({ at }) => at)) / samples.length,
  bytes: sumOf(samples.map(({ bytes }) => bytes)) / samples.length
})

/** The lower quartile: what is held, without what is just on its way. */
function floorOf(samples: readonly MemorySample[]): MemorySample {
  const bytes = samples.map((sample) => sample.bytes).sort((a, b) => a - b)
  return { at: meanOf(samples).at, bytes: bytes[Math.floor(bytes.length / 4)] as number }
}
