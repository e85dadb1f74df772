import { expect, it } from 'vitest'
import { chance } from '../harness/seed.js'
import { type MemorySample, memorySlope } from '../soak/memory-slope.js'

const minuteMs = 60_000

/** A sample every five seconds for so many minutes, counted from 0. */
function samples(minutes: number, bytesAt: (at: number) => number): readonly MemorySample[] {
  return Array.from({ length: minutes * 12 }, (_, index) => ({ at: index * 5_000, bytes: bytesAt(index * 5_000) }))
}

/** Memory that drifts about its mean by some half of a percent, each sample near the one before, and grows by so much in an hour. */
function scattered(minutes: number, seed: number, percentPerHour: number) {
  const draw = chance(seed)
  let drift = 0
  return samples(minutes, (at) => {
    drift = 0.8 * drift + (draw(1_001) - 500) / 500
    return 1_000_000 * (1 + (0.5 * drift + (percentPerHour * at) / (60 * minuteMs)) / 100)
  })
}

/** In how many of 200 runs memory is said to have grown. */
function accused(minutes: number, percentPerHour: number): number {
  const slopes = Array.from({ length: 200 }, (_, seed) => memorySlope(scattered(minutes, seed, percentPerHour), 0))
  return slopes.filter((slope) => slope && slope.percentPerHour > slope.maxPercentPerHour).length
}

it('memory that stays has no slope, whatever is on its way now and then, and ever more of it', () => {
  const spiked = samples(60, (at) => 1_000_000 + ((at / 5_000) % 4 === 0 ? at / 10 : 0))
  expect(memorySlope(spiked, 0)?.percentPerHour).toBeCloseTo(0, 5)
})

it('memory that grows by a tenth of its mean in an hour has a slope of 10 %/h', () => {
  const growing = samples(120, (at) => 1_000_000 * (1 + ((at - 65 * minuteMs) / (60 * minuteMs)) * 0.1))
  expect(memorySlope(growing, 0)?.percentPerHour).toBeCloseTo(10, 1)
})

it('the first half of a run does not count, and of a long one the first ten minutes', () => {
  const filling = (untilMs: number) => (at: number) => Math.min(at, untilMs) + 1_000_000
  expect(memorySlope(samples(8, filling(4 * minuteMs)), 0)?.percentPerHour).toBeCloseTo(0, 5)
  expect(memorySlope(samples(8, filling(6 * minuteMs)), 0)?.percentPerHour).toBeGreaterThan(10)
  expect(memorySlope(samples(60, filling(10 * minuteMs)), 0)?.percentPerHour).toBeCloseTo(0, 5)
})

it('what is let go of after the end hides nothing', () => {
  const growing = (at: number) => 1_000_000 + (at <= 60 * minuteMs ? at : 0)
  expect(memorySlope(samples(61, growing), 0, 60 * minuteMs)?.percentPerHour).toBeGreaterThan(80)
})

it('memory that stays is accused in few runs of a hundred, however long they are', () => {
  for (const minutes of [10, 20, 120]) expect(accused(minutes, 0), `${minutes} minutes`).toBeLessThan(10)
})

it('a leak is found: in ten minutes one that doubles memory in an hour, in two hours one of 5 %', () => {
  expect(accused(10, 100)).toBeGreaterThan(190)
  expect(accused(120, 5)).toBeGreaterThan(190)
})

it('without scatter 1 %/h may be, and no more', () => {
  const growing = (percentPerHour: number) => samples(120, (at) => 1_000_000 * (1 + (percentPerHour * (at - 65 * minuteMs)) / (6_000 * minuteMs)))
  for (const [percentPerHour, isMuch] of [
    [0.95, false],
    [1.05, true]
  ] as const) {
    const slope = memorySlope(growing(percentPerHour), 0)
    expect(slope && slope.percentPerHour > slope.maxPercentPerHour).toBe(isMuch)
  }
})

it('of a run that is hardly longer than its warm-up nothing is said', () => {
  expect(
    memorySlope(
      samples(3, () => 1_000_000),
      0
    )
  ).toBeUndefined()
  expect(memorySlope([], 0)).toBeUndefined()
})
