import { afterEach, expect, it, vi } from 'vitest'
import { createRateLimits } from './rate-limits.js'

afterEach(() => void vi.restoreAllMocks())

it('nobody is told to wait longer than a rate lasts, also when the clock was set back', async () => {
  const limits = createRateLimits({ conversationsPerVisitor: { count: 1, perMs: 10_000 } })
  expect(await limits.take('conversationsPerVisitor', 'shop ann')).toBe(0)
  const now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now - 5 * 3_600_000)
  const waitMs = await limits.take('conversationsPerVisitor', 'shop ann')
  expect(waitMs).toBeGreaterThan(0)
  expect(waitMs).toBeLessThanOrEqual(10_000)
})
