import { expect, it } from 'vitest'
import { memorySlope, warmUpMs } from '../soak/memory-slope.js'

const minuteMs = 60_000

/** A sample every five seconds for so many minutes, counted from 0. */
function samples(minutes: number, bytesAt: (at: number) => number): { readonly at: number; readonly bytes: number }[] {
  return Array.from({ length: minutes * 12 }, (_, index) => ({ at: index * 5_000, bytes: bytesAt(index * 5_000) }))
}

it('memory that stays has no slope, however it scatters', () => {
  const scattered = samples(60, (at) => 1_000_000 + ((at / 5_000) % 2 === 0 ? 10_000 : -10_000))
  expect(memorySlope(scattered, 0)?.percentPerHour).toBeCloseTo(0, 0)
})

it('memory that grows by a tenth of its mean in an hour has a slope of 10 %/h', () => {
  const growing = samples(62, (at) => 1_000_000 * (1 + ((at - 32 * minuteMs) / (60 * minuteMs)) * 0.1))
  expect(memorySlope(growing, 0)?.percentPerHour).toBeCloseTo(10, 1)
})

it('the warm-up does not count', () => {
  const warming = samples(30, (at) => (at < warmUpMs ? at : 1_000_000))
  expect(memorySlope(warming, 0)?.percentPerHour).toBe(0)
})

it('the bound is 1 %/h for two hours, and wider for a shorter run', () => {
  const flat = (minutes: number) =>
    memorySlope(
      samples(minutes, () => 1_000_000),
      0
    )?.maxPercentPerHour
  expect(flat(122)).toBeCloseTo(1, 1)
  expect(flat(10)).toBeGreaterThan(10)
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
