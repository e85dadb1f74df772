import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Session } from '../adapter.js'
import { memoryEnv } from '../env/memory-env.js'
import { createReceipts, mergeReceipt, type ReceiptMap } from './receipts.js'

const ben = { role: 'agent', id: 'ben' } as const

describe('receipts of others', () => {
  it('never go back, and read never passes delivered', () => {
    const arrivals = fc.array(fc.record({ delivered: fc.nat(50), read: fc.nat(50) }))
    fc.assert(
      fc.property(arrivals, (receipts) => {
        let map: ReceiptMap = {}
        let before = { delivered: 0, read: 0 }
        for (const receipt of receipts) {
          map = mergeReceipt(map, { by: ben, ...receipt })
          const now = map['ben']!
          expect(now.delivered).toBeGreaterThanOrEqual(before.delivered)
          expect(now.read).toBeGreaterThanOrEqual(before.read)
          expect(now.read).toBeLessThanOrEqual(now.delivered)
          before = now
        }
      })
    )
  })

  it('that bring nothing new change nothing', () => {
    const map = mergeReceipt({}, { by: ben, delivered: 3, read: 2 })
    expect(mergeReceipt(map, { by: ben, delivered: 2, read: 1 })).toBe(map)
  })
})

describe('our own receipts', () => {
  const open = () => {
    const env = memoryEnv()
    const told: { delivered: number; read: number }[] = []
    const session = { receipt: (_: string, cursor: { delivered: number; read: number }) => void told.push(cursor) } as unknown as Session
    return { env, told, receipts: createReceipts('c', env, () => session) }
  }

  it('go out as the latest value, at most once a second', async () => {
    const { env, told, receipts } = open()
    for (let have = 1; have <= 10; have++) receipts.report(have, 0)
    expect(told).toEqual([{ delivered: 1, read: 0 }])
    await env.advance(1_000)
    expect(told).toEqual([
      { delivered: 1, read: 0 },
      { delivered: 10, read: 0 }
    ])
    await env.advance(10_000)
    expect(told).toHaveLength(2)
  })

  it('never say more was read than is held', () => {
    const { told, receipts } = open()
    receipts.report(3, 9)
    expect(told).toEqual([{ delivered: 3, read: 3 }])
  })

  it('are told again to a new session', async () => {
    const { env, told, receipts } = open()
    receipts.report(3, 1)
    await env.advance(5_000)
    receipts.restart()
    expect(told).toHaveLength(2)
  })

  it('start over with the log', async () => {
    const { env, told, receipts } = open()
    receipts.report(9, 9)
    receipts.arrived({ by: ben, delivered: 9, read: 9 })
    await env.advance(2_000)
    receipts.reset()
    expect(receipts.$receipts.get()).toEqual({})
    receipts.report(2, 0)
    expect(told.at(-1)).toEqual({ delivered: 2, read: 0 })
  })

  it('wait for a session', () => {
    const env = memoryEnv()
    const receipts = createReceipts('c', env, () => null)
    expect(() => receipts.report(1, 0)).not.toThrow()
  })
})
