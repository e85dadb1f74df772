import { expect, it } from 'vitest'
import { createTurns } from './turns.js'

it('work is done one at a time, in order, and a failure stops nothing', async () => {
  const turns = createTurns({ maxWaiting: 9, isOver: () => false })
  const log: string[] = []
  const work = (name: string) => async (): Promise<void> => {
    log.push(`${name} begins`)
    await new Promise(setImmediate)
    log.push(`${name} ends`)
    if (name === 'b') throw new Error('b failed')
  }
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((name) => turns.take(work(name))))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

it('beyond its bound it refuses, and takes again when there is room', async () => {
  const turns = createTurns({ maxWaiting: 1, isOver: () => false })
  let done = 0
  const work = async (): Promise<void> => void done++
  const outcomes = await Promise.allSettled([turns.take(work), turns.take(work), turns.take(work)])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(outcomes[2]).toMatchObject({ reason: { code: 'rate_limited', afterMs: expect.any(Number) } })
  await turns.take(work)
  expect(done).toBe(3)
})

it('what waits when the connection ends is never begun', async () => {
  let isOver = false
  const turns = createTurns({ maxWaiting: 9, isOver: () => isOver })
  let done = 0
  const first = turns.take(async () => {
    done++
    isOver = true
  })
  await Promise.all([first, turns.take(async () => void done++)])
  expect(done).toBe(1)
})
