import { expect, it, onTestFinished } from 'vitest'
import { createManualClock } from '../../test/domain/manual-clock.js'
import { measureProcess, watchVitals } from './vitals.js'

function watched() {
  const readings = { loopDelayMs: 11, memoryShare: 0.2 }
  const clock = createManualClock()
  const vitals = watchVitals(clock, { loopDelayMs: () => readings.loopDelayMs, memoryShare: () => readings.memoryShare, close: () => {} })
  onTestFinished(vitals.stop)
  return { readings, clock, vitals }
}

it('an event loop that is late for five seconds is late, and well again after the first good second', async () => {
  const { readings, clock, vitals } = watched()
  readings.loopDelayMs = 201
  await clock.advance(4_000)
  expect(vitals.isLate()).toBe(false)
  await clock.advance(1_000)
  expect(vitals.isLate()).toBe(true)
  readings.loopDelayMs = 200
  await clock.advance(1_000)
  expect(vitals.isLate()).toBe(false)
})

it('one good second in between begins the count anew', async () => {
  const { readings, clock, vitals } = watched()
  for (const delay of [900, 900, 900, 900, 12, 900, 900, 900, 900]) {
    readings.loopDelayMs = delay
    await clock.advance(1_000)
    expect(vitals.isLate()).toBe(false)
  }
})

it('one block of six seconds counts for all six', async () => {
  const { readings, clock, vitals } = watched()
  await clock.advance(1_000)
  readings.loopDelayMs = 6_000
  await clock.jump(6_000)
  expect(vitals.isLate()).toBe(true)
})

it('memory is short above 85 percent, and not below it again', async () => {
  const { readings, clock, vitals } = watched()
  readings.memoryShare = 0.86
  await clock.advance(1_000)
  expect(vitals.isMemoryShort()).toBe(true)
  readings.memoryShare = 0.84
  await clock.advance(1_000)
  expect(vitals.isMemoryShort()).toBe(false)
})

it('this process is measured: how late its event loop is, and a share of its memory', async () => {
  const readings = measureProcess()
  onTestFinished(readings.close)
  const start = performance.now()
  while (performance.now() - start < 120);
  expect(readings.loopDelayMs()).toBeGreaterThan(50)
  expect(readings.loopDelayMs()).toBeLessThan(60_000)
  expect(readings.memoryShare()).toBeGreaterThan(0)
  expect(readings.memoryShare()).toBeLessThan(1)
})
