import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StoredEvent } from '../store/stored-event.js'
import { createFollowedLogs, type FollowedLogs } from './followed-logs.js'

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

function follow(logs: FollowedLogs, c: string): void {
  expect(logs.begin(c)).toBe('new')
  logs.settle(c, 0)
}

it('the conversation asked for longest ago makes room for the 65th log, the inbox never: its head is told instead, so nothing is missed', () => {
  const { sent, logs, commit } = setUp()
  follow(logs, 'inbox:shop')
  for (let count = 1; count <= 63; count++) follow(logs, `c ${count}`)
  expect(logs.begin('c 1')).toBe('known')
  follow(logs, 'c 64')
  expect(['inbox:shop', 'c 1', 'c 2', 'c 64'].map(logs.isDistant)).toEqual([false, false, true, false])
  for (const c of ['inbox:shop', 'c 1', 'c 2', 'c 64']) commit(c, 1)
  expect(sent).toEqual(['inbox:shop 1', 'c 1 1', 'c 64 1'])
  expect(logs.takeMovedHeads()).toEqual({ 'inbox:shop': 1, 'c 1': 1, 'c 2': 1, 'c 64': 1 })
  expect(logs.has('c 2')).toBe(true)
})

it('a distant log that is asked for comes near again, without hole or double', () => {
  const { sent, logs, commit } = setUp()
  for (let count = 1; count <= 65; count++) follow(logs, `c ${count}`)
  for (const seq of [1, 2]) commit('c 1', seq)
  expect(logs.begin('c 1')).toBe('new')
  commit('c 1', 3)
  logs.settle('c 1', 2)
  commit('c 1', 4)
  expect(sent).toEqual(['c 1 3', 'c 1 4'])
  expect(logs.isDistant('c 2')).toBe(true)
})

it('a log whose snapshot failed is what it was before', () => {
  const { following, logs, commit } = setUp()
  for (let count = 1; count <= 65; count++) follow(logs, `c ${count}`)
  logs.begin('c 1')
  logs.giveUp('c 1')
  commit('c 1', 1)
  expect(logs.takeMovedHeads()).toEqual({ 'c 1': 1 })
  logs.begin('new')
  logs.giveUp('new')
  expect(following.has('new')).toBe(false)
})

it('of a log that was not found to be the connection’s nothing is told, however many are asked for at once', () => {
  const { sent, logs, commit } = setUp()
  for (let count = 1; count <= 200; count++) logs.begin(`c ${count}`)
  commit('c 1', 1)
  expect([logs.has('c 1'), logs.isDistant('c 1'), logs.takeMovedHeads(), sent]).toEqual([false, false, {}, []])
})

it('the 1,025th log is one too many', () => {
  const { following, logs } = setUp()
  for (let count = 1; count <= 1_024; count++) follow(logs, `c ${count}`)
  expect(logs.begin('one more')).toBe('full')
  expect(following.size).toBe(1_024)
  logs.clear()
  expect(following.size).toBe(0)
})

it('a connection that ended while its hello was being answered follows nothing', () => {
  const { following, logs } = setUp()
  logs.begin('a')
  logs.clear()
  expect(logs.begin('b')).toBe('known')
  expect([...following]).toEqual([])
})
