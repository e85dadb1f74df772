import { ChatError } from '@porchlight/protocol'
import { expect, it, vi } from 'vitest'
import { createManualClock } from '../../test/domain/manual-clock.js'
import { silentLog } from '../log.js'
import type { Db } from '../store/database.js'
import { keepSeen } from './keep-seen.js'

const minuteMs = 60_000

it('a visitor whom the disk did not take as seen is noted half a minute later, so that nobody takes him for absent', async () => {
  const clock = createManualClock()
  const startMs = clock.now()
  const seenAt: number[] = []
  const write = vi.fn(async () => void seenAt.push(clock.now() - startMs))
  write.mockRejectedValueOnce(new ChatError('busy', 'the disk is slow')).mockRejectedValueOnce(new ChatError('busy', 'the disk is slow'))
  const db = { write } as unknown as Db
  const stop = keepSeen({ clock, db, log: silentLog() }, { kind: 'visitor', site: 'shop', id: 'v' })
  await clock.advance(12 * minuteMs)
  expect(seenAt).toEqual([6 * minuteMs, 11 * minuteMs])
  stop()
  await clock.advance(12 * minuteMs)
  expect(write).toHaveBeenCalledTimes(4)
})

it('a visitor who left while his note was on its way is not noted again', async () => {
  const clock = createManualClock()
  let fail = (): void => {}
  const write = vi.fn(
    () =>
      new Promise((_, reject) => {
        fail = () => reject(new ChatError('busy', 'the disk is slow'))
      })
  )
  const stop = keepSeen({ clock, db: { write } as unknown as Db, log: silentLog() }, { kind: 'visitor', site: 'shop', id: 'v' })
  await clock.advance(5 * minuteMs)
  stop()
  fail()
  await clock.advance(12 * minuteMs)
  expect(write).toHaveBeenCalledTimes(1)
})
