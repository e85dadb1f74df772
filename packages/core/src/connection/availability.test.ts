import type { Availability } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import type { Session } from '../adapter.js'
import { memoryEnv } from '../env/memory-env.js'
import { createAvailability } from './availability.js'

const online = (rev: number): Availability => ({ rev, state: 'online', reason: 'available' })
const offline = (rev: number): Availability => ({ rev, state: 'offline', reason: 'no_agents' })

function open() {
  const env = memoryEnv()
  const reports: Error[] = []
  const keeper = createAvailability(env, (error) => reports.push(error))
  return { env, keeper, reports, state: () => keeper.$availability.get()?.state }
}

const session = (presence: 'push' | 'poll' | 'none', availability?: () => Promise<Availability>): Session =>
  ({ caps: { presence }, ...(availability ? { availability } : {}) }) as unknown as Session

describe('availability', () => {
  it('ignores an older revision of the same session', () => {
    const { keeper, state } = open()
    keeper.arrived(online(5))
    keeper.restart(session('push'))
    keeper.arrived(offline(4))
    expect(state()).toBe('online')
    keeper.arrived(offline(6))
    expect(state()).toBe('offline')
  })

  it('is unknown 90 s after the connection was lost, and known again with the same revision', async () => {
    const { env, keeper, state } = open()
    keeper.restart(session('push'))
    keeper.arrived(online(5))
    await env.advance(600_000)
    expect(state()).toBe('online')
    keeper.restart(null)
    await env.advance(89_999)
    expect(state()).toBe('online')
    await env.advance(1)
    expect(state()).toBe('unknown')
    expect(keeper.$availability.get()?.reason).toBe('stale')
    keeper.restart(session('push'))
    keeper.arrived(online(5))
    expect(state()).toBe('online')
  })

  it('takes the first word of a new session as it is, also from a backend that was restored and counts from an earlier revision', () => {
    const { keeper, state } = open()
    keeper.arrived(online(8))
    keeper.restart(session('push'))
    keeper.restart(null)
    keeper.restart(session('push'))
    keeper.arrived(offline(0))
    expect(state()).toBe('offline')
    keeper.arrived(online(1))
    expect(state()).toBe('online')
    keeper.arrived(offline(0))
    expect(state()).toBe('online')
  })

  it('takes the words of an attempt as they are, also after one that failed', () => {
    const { keeper, state } = open()
    keeper.arrived(online(8))
    keeper.arrived(offline(0))
    keeper.restart(session('push'))
    expect(state()).toBe('offline')
  })

  it('is asked for every 30 s where the backend does not push', async () => {
    const { env, keeper, state } = open()
    let rev = 0
    keeper.restart(session('poll', async () => online(++rev)))
    await env.advance(95_000)
    expect(rev).toBe(4)
    expect(state()).toBe('online')
    keeper.restart(null)
    await env.advance(600_000)
    expect(rev).toBe(4)
  })

  it('that cannot be asked for is reported, and asked for again', async () => {
    const { env, keeper, reports } = open()
    keeper.restart(session('poll', () => Promise.reject(new Error('down'))))
    await env.advance(30_000)
    expect(reports).toHaveLength(2)
  })
})
