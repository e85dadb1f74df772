import { getHeapStatistics } from 'node:v8'
import type { Clock } from '../clock.js'

/** What a process measures about itself. */
export interface Readings {
  /** How late the event loop ran since the last look, 99th percentile, in milliseconds. */
  readonly loopDelayMs: () => number
  /** How much of the memory that it may have is in use, from 0 to 1. */
  readonly memoryShare: () => number
  readonly close: () => void
}

/** A timer so often shows how late the event loop is. */
const sampleEveryMs = 20

/** Measures this process. */
export function measureProcess(): Readings {
  // Node's own histogram forgets, with each look, what began before it and ends after it: a block of some seconds would not be seen at all.
  let delaysMs: number[] = []
  let lastMs = performance.now()
  const delayMs = (): number => Math.max(0, performance.now() - lastMs - sampleEveryMs)
  const timer = setInterval(() => {
    delaysMs.push(delayMs())
    lastMs = performance.now()
  }, sampleEveryMs).unref()
  return {
    loopDelayMs: () => {
      const sorted = [...delaysMs, delayMs()].sort((a, b) => a - b)
      delaysMs = []
      return sorted[Math.ceil(0.99 * sorted.length) - 1] as number
    },
    memoryShare: () => {
      const { used_heap_size: usedBytes, heap_size_limit: limitBytes } = getHeapStatistics()
      const residentBytes = process.memoryUsage.rss()
      // What a container allows; 0, or more than any machine has, where nothing does.
      const allowedBytes = process.constrainedMemory()
      return Math.max(usedBytes / limitBytes, allowedBytes > 0 ? residentBytes / allowedBytes : 0)
    },
    close: () => clearInterval(timer)
  }
}

/** Above it the next garbage collection may not save the process. */
const memoryShareMax = 0.85
/** Beyond it heartbeats and acknowledgements are late … */
const loopDelayMaxMs = 200
/** … and after so long of that, more customers would only make it worse for those who are in. */
const lateForMs = 5_000
const lookEveryMs = 1_000

/** Whether the server is well enough for more people. */
export interface Vitals {
  readonly isLate: () => boolean
  readonly isMemoryShort: () => boolean
  readonly stop: () => void
}

/** Looks at the readings every second. */
export function watchVitals(clock: Clock, readings: Readings): Vitals {
  let lateSinceMs: number | undefined
  let lookedAtMs = clock.now()
  let isMemoryShort = false
  let stopNext: () => void

  function look(): void {
    const isLate = readings.loopDelayMs() > loopDelayMaxMs
    // A block of some seconds is seen once, at its end, and lasted since the look before.
    lateSinceMs = isLate ? (lateSinceMs ?? lookedAtMs) : undefined
    lookedAtMs = clock.now()
    isMemoryShort = readings.memoryShare() > memoryShareMax
    next()
  }

  function next(): void {
    stopNext = clock.setTimer(look, lookEveryMs)
  }
  next()

  return {
    isLate: () => lateSinceMs !== undefined && lookedAtMs - lateSinceMs >= lateForMs,
    isMemoryShort: () => isMemoryShort,
    stop: () => {
      stopNext()
      readings.close()
    }
  }
}
