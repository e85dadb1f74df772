import { limits } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { createManualClock } from '../../test/domain/manual-clock.js'
import { createOutlet } from './outlet.js'

function setUp() {
  const clock = createManualClock()
  const sent: string[] = []
  const told: string[] = []
  let unreadBytes = 0
  const outlet = createOutlet({
    clock,
    transport: { send: (text) => sent.push(text), unreadBytes: () => unreadBytes, close: () => {}, cut: () => {} },
    onCaughtUp: () => told.push('caught up'),
    onStuck: () => told.push('stuck')
  })
  return { clock, sent, told, outlet, fill: (bytes: number) => (unreadBytes = bytes) }
}

it('a reader who keeps up gets everything', () => {
  const { outlet, sent } = setUp()
  outlet.push('event', { kind: 'event' })
  outlet.push('typing', { kind: 'passing' })
  outlet.push('light', { kind: 'state', key: 'avail' })
  expect(sent).toEqual(['event', 'typing', 'light'])
})

it('a slow reader gets answers only; then the newest of each state, and the heads of his logs', async () => {
  const { outlet, sent, told, fill, clock } = setUp()
  fill(limits.sendQueueSoftBytes + 1)
  outlet.push('event', { kind: 'event' })
  outlet.push('typing', { kind: 'passing' })
  for (const text of ['light 1', 'light 2']) outlet.push(text, { kind: 'state', key: 'avail' })
  outlet.answer({ t: 'pong', echo: 1 })
  expect(sent).toEqual(['{"t":"pong","echo":1}'])
  fill(0)
  outlet.push('event that would overtake', { kind: 'event' })
  await clock.advance(1_000)
  expect(sent.slice(1)).toEqual(['light 2'])
  expect(told).toEqual(['caught up'])
  outlet.push('event', { kind: 'event' })
  expect(sent.at(-1)).toBe('event')
})

it('a reader who takes nothing for fifteen seconds is given up', async () => {
  const { outlet, told, fill, clock } = setUp()
  fill(limits.sendQueueSoftBytes + 1)
  outlet.push('event', { kind: 'event' })
  await clock.advance(14_999)
  expect(told).toEqual([])
  await clock.advance(1)
  expect(told).toEqual(['stuck'])
})

it('a reader who takes little is kept, until he takes nothing for fifteen seconds', async () => {
  const { outlet, told, fill, clock } = setUp()
  for (let page = 0; page < 8; page++) outlet.answer({ t: 'err', code: 'x'.repeat(64_000), retry: 'never' })
  fill(500_000)
  outlet.push('event', { kind: 'event' })
  for (let unread = 499_000; unread > 440_000; unread -= 1_000) {
    fill(unread)
    await clock.advance(1_000)
  }
  expect(told).toEqual([])
  await clock.advance(13_999)
  expect(told).toEqual([])
  await clock.advance(1_001)
  expect(told).toEqual(['stuck'])
})

it('a reader with more than the hard bound unread is given up at once, and gets nothing more', () => {
  const { outlet, sent, told, fill } = setUp()
  fill(limits.sendQueueHardBytes + 1)
  outlet.answer({ t: 'pong', echo: 1 })
  outlet.push('event', { kind: 'event' })
  expect(sent).toEqual([])
  expect(told).toEqual(['stuck'])
})
