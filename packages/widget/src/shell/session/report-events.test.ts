import { expect, test } from 'vitest'
import { createFakeChat } from '../../../test/fake-chat.js'
import { reportEvents } from './report-events.js'

test('a place in line is reported, and each new one; not that an estimate changed, or that the wait is over', () => {
  const chat = createFakeChat({ conversation: {} })
  const heard: unknown[] = []
  const stop = reportEvents(
    chat,
    (name, details) => void heard.push([name, details]),
    () => true
  )
  const place = (position: number, estimateMs: number | null) => chat.$queue.set({ position, estimateMs, since: 1, stage: 'waiting' })
  place(2, null)
  place(2, 60_000)
  place(1, 60_000)
  chat.$queue.set(null)
  place(1, null)
  expect(heard).toEqual([
    ['conversation:queued', { conversation: 'c1', position: 2, estimateMs: null }],
    ['conversation:queued', { conversation: 'c1', position: 1, estimateMs: 60_000 }],
    ['conversation:queued', { conversation: 'c1', position: 1, estimateMs: null }]
  ])
  stop()
  place(3, null)
  expect(heard).toHaveLength(3)
})
