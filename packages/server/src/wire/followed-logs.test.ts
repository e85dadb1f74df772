import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StoredEvent } from '../store/stored-event.js'
import { createFollowedLogs } from './followed-logs.js'

const eventOf = (c: string, seq: number): StoredEvent => ({
  c,
  seq,
  epoch: 'e',
  ts: 0,
  by: { role: 'system', id: 's' },
  k: 'text',
  id: `${seq}`,
  site: 'shop',
  staffOnly: false
})

function setUp() {
  const sent: string[] = []
  const following = new Set<string>()
  const logs = createFollowedLogs({ follow: (c) => following.add(c), unfollow: (c) => following.delete(c), send: (text) => sent.push(text) })
  return { sent, following, logs, commit: (c: string, seq: number) => logs.onEvent(eventOf(c, seq), `${c} ${seq}`) }
}

it('wherever the snapshot falls among the commits, each event comes once: in it or after it', () => {
  fc.assert(
    fc.property(fc.nat(10), fc.nat(10), fc.nat(10), (before, during, after) => {
      const { sent, logs, commit } = setUp()
      const readAt = before + Math.floor(during / 2)
      logs.begin('a')
      for (let seq = before + 1; seq <= before + during; seq++) commit('a', seq)
      logs.settle('a', readAt)
      for (let seq = before + during + 1; seq <= before + during + after; seq++) commit('a', seq)
      const expected = Array.from({ length: before + during + after - readAt }, (_, index) => `a ${readAt + index + 1}`)
      expect(sent).toEqual(expected)
    })
  )
})

it('a log that is not for the connection is let go, with what came of it', () => {
  const { sent, following, logs, commit } = setUp()
  logs.begin('a')
  commit('a', 1)
  logs.settle('a', undefined)
  expect(sent).toEqual([])
  expect(following.size).toBe(0)
  expect(logs.has('a')).toBe(false)
})

it('heads are told once for each move', () => {
  const { logs, commit } = setUp()
  logs.begin('a')
  logs.settle('a', 4)
  expect(logs.takeMovedHeads()).toEqual({})
  commit('a', 5)
  commit('a', 6)
  expect(logs.takeMovedHeads()).toEqual({ a: 6 })
  expect(logs.takeMovedHeads()).toEqual({})
})

it('the oldest conversation makes room for the 65th log, the inbox never', () => {
  const { following, logs } = setUp()
  logs.begin('inbox:shop')
  for (let count = 1; count <= 64; count++) logs.begin(`c ${count}`)
  expect(following.size).toBe(64)
  expect(following.has('inbox:shop')).toBe(true)
  expect(following.has('c 1')).toBe(false)
  logs.clear()
  expect(following.size).toBe(0)
})

it('a connection that ended while its hello was being answered follows nothing', () => {
  const { following, logs } = setUp()
  logs.begin('a')
  logs.clear()
  expect(logs.begin('b')).toBe(false)
  expect([...following]).toEqual([])
})
