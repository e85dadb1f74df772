import { expect, it } from 'vitest'
import { type MemorySample, memorySlope } from '../soak/memory-slope.js'

const minuteMs = 60_000

/** A sample every five seconds for so many minutes, counted from 0. */
function samples(minutes: number, bytesAt: (at: number) => number): readonly MemorySample[] {
  return Array.from({ length: minutes * 12 }, (_, index) => ({ at: index * 5_000, bytes: bytesAt(index * 5_000) }))
}

const flat = (minutes: number) =>
  memorySlope(
    samples(minutes, () => 1_000_000),
    0
  )

it('memory that stays has no slope, however it scatters', () => {
  const scattered = samples(60, (at) => 1_000_000 + ((at / 5_000) % 2 === 0 ? 10_000 : -10_000))
  expect(memorySlope(scattered, 0)?.percentPerHour).toBeCloseTo(0, 0)
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

it('the bound is 1 %/h for two hours, and wider for a shorter run', () => {
  expect(flat(120)?.maxPercentPerHour).toBeCloseTo(1, 1)
  expect(flat(10)?.maxPercentPerHour).toBeGreaterThan(20)
})

it('of a run that is hardly longer than its warm-up nothing is said', () => {
  expect(flat(3)).toBeUndefined()
  expect(memorySlope([], 0)).toBeUndefined()
})
