import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createExpectedWaits } from '../../src/answers/expected-waits.js'
import { keepFirstAnswer } from '../../src/store/answer-store.js'
import { createConversation } from '../../src/store/conversation-store.js'
import type { Db } from '../../src/store/database.js'
import { loadSites } from '../../src/store/site-registry.js'
import { createVisitor } from '../../src/store/visitor-store.js'
import { changeOnDisk } from './change-on-disk.js'
import { temporaryDatabase, temporaryPath } from './world.js'

const nowMs = 1_780_000_000_000
const dayMs = 86_400_000
const minuteMs = 60_000

/** A site of each name, whose chats were answered so long ago, after so long. */
async function openSites(chats: Readonly<Record<string, readonly { readonly agoMs: number; readonly waitMs: number }[]>>): Promise<Db> {
  const path = temporaryPath()
  const db = await temporaryDatabase(path)
  const sites = await loadSites(db)
  for (const id of Object.keys(chats)) await sites.save({ id, name: id, origins: [], capacity: 5, settings: {} }, nowMs)
  await changeOnDisk(path, async (unit) => {
    for (const [site, answered] of Object.entries(chats)) {
      const visitor = await createVisitor(site, unit)
      const { c } = await createConversation(site, unit, { visitor: visitor.id })
      for (const [index, { agoMs, waitMs }] of answered.entries()) {
        const now = nowMs - agoMs
        const wait = { kind: 'chat', subject: `${index}`, c, department: null, asked_at: now - waitMs, operator: null } as const
        await keepFirstAnswer(site, { ...unit, now }, wait)
      }
    }
  })
  return db
}

it('the wait to expect is a whole number of minutes, one at least, that half of the last day’s chats did not exceed', async () => {
  const chat = fc.record({ agoMs: fc.constantFrom(0, 1_000, dayMs, dayMs + 1, 2 * dayMs), waitMs: fc.integer({ min: 0, max: 10 * minuteMs }) })
  await fc.assert(
    fc.asyncProperty(fc.array(chat, { maxLength: 20 }), async (answered) => {
      const expected = await createExpectedWaits(await openSites({ shop: answered, other: [] }))('shop', null, nowMs)
      const lately = answered.filter(({ agoMs }) => agoMs <= dayMs)
      expect(expected === undefined).toBe(lately.length < 5)
      if (expected === undefined) return
      const within = (limitMs: number): number => lately.filter(({ waitMs }) => waitMs <= limitMs).length / lately.length
      expect(expected % minuteMs).toBe(0)
      expect(expected).toBeGreaterThanOrEqual(minuteMs)
      expect(within(expected)).toBeGreaterThanOrEqual(0.5)
      if (expected > minuteMs) expect(within(expected - minuteMs)).toBeLessThan(0.5)
    }),
    { numRuns: 20 }
  )
})

it('a wait is looked up anew after half a minute, for each site by itself, also when the clock was set back', async () => {
  const five = Array.from({ length: 5 }, () => ({ agoMs: 0, waitMs: 90_000 }))
  const db = await openSites({ shop: five, other: [] })
  const expectedWaits = createExpectedWaits(db)
  expect(await expectedWaits('shop', null, nowMs)).toBe(2 * minuteMs)
  expect(await expectedWaits('other', null, nowMs)).toBeUndefined()
  await db.query.destroy()
  expect(await expectedWaits('shop', null, nowMs + 29_999)).toBe(2 * minuteMs)
  await expect(expectedWaits('shop', null, nowMs + 30_000)).rejects.toThrow()
  await expect(expectedWaits('shop', null, nowMs - 30_000)).rejects.toThrow()
})
