import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createClock } from './clock.js'

const startMs = Date.UTC(2026, 10, 22, 12)

beforeEach(() => void vi.useFakeTimers({ now: startMs }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('whoever watches hears the time every ten seconds while the page is seen, and at once when it is seen again', () => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  const heard: number[] = []
  const stop = createClock().listen((now) => void heard.push((now - startMs) / 1_000))
  vi.advanceTimersByTime(20_000)
  expect(heard).toEqual([10, 20])
  visibility.mockReturnValue('hidden')
  vi.advanceTimersByTime(60_000)
  expect(heard).toEqual([10, 20])
  visibility.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(heard).toEqual([10, 20, 80])
  stop()
})
