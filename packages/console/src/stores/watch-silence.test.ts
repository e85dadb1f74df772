import type { Connection, Session } from '@porchlight/core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type FakeConnection, fakeConnection } from '../../test/fake-connection.js'
import { watchSilence } from './watch-silence.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

interface Line {
  readonly connection: FakeConnection
  readonly probe: { mockImplementation: (answer: () => Promise<void>) => unknown }
  readonly calls: string[]
  readonly stop: () => void
}

function watch(isOpen = true): Line {
  const fake = fakeConnection()
  const calls: string[] = []
  const probe = vi.fn(async (): Promise<void> => void calls.push('probe'))
  if (!isOpen) fake.$connection.set({ state: 'waiting', attempt: 1, deviceOffline: false })
  const withSession: Connection['withSession'] = (action) => action({ probe } as unknown as Session)
  const connection: FakeConnection = {
    ...fake,
    withSession,
    disconnect: () => {
      calls.push('disconnect')
      fake.$connection.set({ state: 'closed', attempt: 0, deviceOffline: false })
    },
    connect: () => void calls.push('connect')
  }
  return { connection, probe, calls, stop: watchSilence(connection) }
}

const silence = (): Promise<void> => new Promise(() => {})

it('asks an idle connection every five seconds, and leaves it alone while it answers', async () => {
  const { calls } = watch()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(calls).toEqual(['probe', 'probe', 'probe'])
})

it('connects anew within nine seconds of silence, once', async () => {
  const { calls, probe } = watch()
  probe.mockImplementation(silence)
  await vi.advanceTimersByTimeAsync(8_999)
  expect(calls).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(calls).toEqual(['disconnect', 'connect'])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls).toEqual(['disconnect', 'connect'])
})

it('connects anew at once when the question itself fails', async () => {
  const { calls, probe } = watch()
  probe.mockImplementation(() => Promise.reject(new Error('no')))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(calls).toEqual(['disconnect', 'connect'])
})

it('asks at once when the browser says that it has no network, and believes the answer', async () => {
  const { connection, calls } = watch()
  connection.$connection.set({ state: 'open', attempt: 0, deviceOffline: true })
  await vi.advanceTimersByTimeAsync(0)
  expect(calls).toEqual(['probe'])
  await vi.advanceTimersByTimeAsync(4_000)
  expect(calls).toEqual(['probe'])
})

it('goes on with the next session, and asks nothing while there is none', async () => {
  const { connection, calls } = watch(false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls).toEqual([])
  connection.$connection.set({ state: 'open', attempt: 0, deviceOffline: false })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(calls).toEqual(['probe'])
})

it('forgets the silence of a session that has ended by itself', async () => {
  const { connection, calls, probe } = watch()
  probe.mockImplementation(silence)
  await vi.advanceTimersByTimeAsync(6_000)
  connection.$connection.set({ state: 'connecting', attempt: 1, deviceOffline: false })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls).toEqual([])
})

it('leaves no timer behind', async () => {
  const { stop, calls } = watch()
  stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([calls, vi.getTimerCount()]).toEqual([[], 0])
})
