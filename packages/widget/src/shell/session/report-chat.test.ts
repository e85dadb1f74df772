import type { ChatAdapter } from '@porchlight/core'
import { ChatError } from '@porchlight/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeWidgets, makeWidget } from '../../../test/shell-lab.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  closeWidgets()
  vi.useRealTimers()
})

test('a connection that can never stand is reported once an attempt, with the reason in words', async () => {
  const connect = vi.fn<ChatAdapter['connect']>(() => Promise.reject(new ChatError('not_found', 'the server knows no site "shop"')))
  const { widget, events } = makeWidget({ connect })
  void widget.open()
  await vi.advanceTimersByTimeAsync(60_000)
  const errors = events.filter(([event]) => event === 'error').map(([, detail]) => detail)
  expect(errors).toEqual(connect.mock.calls.map(() => ({ code: 'not_found', message: 'the server knows no site "shop"' })))
  expect(errors.length).toBeGreaterThan(0)
})
