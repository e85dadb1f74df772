import type { Connection, Session } from '@porchlight/core'
import { ChatError } from '@porchlight/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeConnection } from '../../test/fake-connection.js'
import { watchPerson } from './watch-person.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const minuteMs = 60_000

interface Watched {
  readonly target: EventTarget
  /** Logs that were typed in, with whether. */
  readonly told: string[]
  readonly stop: () => void
  isDown: boolean
}

function watch(): Watched {
  const told: string[] = []
  const session = { typing: (c: string, on: boolean) => void told.push(`${c} ${on}`) } as unknown as Session
  const withSession: Connection['withSession'] = async (action) => {
    if (watched.isDown) throw new ChatError('offline', 'there is no session')
    return action(session)
  }
  const target = new EventTarget()
  const connection: Connection = { ...fakeConnection(), withSession }
  const watched: Watched = { target, told, stop: () => stop(), isDown: false }
  const stop = watchPerson({ connection, site: 'shop', target })
  return watched
}

const pointerAt = (screenX: number): Event => Object.assign(new Event('pointermove'), { screenX, screenY: 1 })

it('whoever opens the console is told of at once, and then by what he does, once a minute', async () => {
  const { target, told } = watch()
  expect(told).toEqual(['inbox:shop true'])
  await vi.advanceTimersByTimeAsync(minuteMs - 1)
  target.dispatchEvent(new Event('keyup'))
  expect(told).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  for (const deed of ['keyup', 'click', 'wheel', 'touchend']) target.dispatchEvent(new Event(deed))
  expect(told).toHaveLength(2)
  for (const deed of ['click', 'wheel', 'touchend', 'keyup']) {
    await vi.advanceTimersByTimeAsync(minuteMs)
    target.dispatchEvent(new Event(deed))
  }
  expect(told).toHaveLength(6)
})

it('a pointer that rests is no sign of anybody, nor is a page that scrolls by itself', async () => {
  const { target, told } = watch()
  await vi.advanceTimersByTimeAsync(minuteMs)
  for (const event of [pointerAt(7), pointerAt(7), new Event('scroll'), new Event('focus')]) target.dispatchEvent(event)
  expect(told).toHaveLength(1)
  target.dispatchEvent(pointerAt(8))
  expect(told).toHaveLength(2)
})

it('what could not be told is told with the next input', async () => {
  const watched = watch()
  await vi.advanceTimersByTimeAsync(minuteMs)
  watched.isDown = true
  watched.target.dispatchEvent(new Event('click'))
  await vi.advanceTimersByTimeAsync(1_000)
  watched.isDown = false
  watched.target.dispatchEvent(new Event('click'))
  expect(watched.told).toHaveLength(2)
})

it('nothing is told once it is stopped', async () => {
  const { target, told, stop } = watch()
  stop()
  await vi.advanceTimersByTimeAsync(minuteMs)
  for (const event of [new Event('click'), pointerAt(1), pointerAt(2)]) target.dispatchEvent(event)
  expect(told).toHaveLength(1)
})
