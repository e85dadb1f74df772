import { describe, expect, it, vi } from 'vitest'
import { createManualClock } from '../../test/domain/manual-clock.js'
import { silentLog } from '../log.js'
import type { StoredEvent } from '../store/stored-event.js'
import { startUpkeep, type UpkeepOptions } from './upkeep.js'

const minuteMs = 60_000

function start(overrides: Partial<UpkeepOptions> = {}) {
  const clock = createManualClock()
  const touch = vi.fn(async () => {})
  const removeExpired = vi.fn(async (): Promise<readonly string[]> => [])
  const dropSession = vi.fn()
  let commit: (events: readonly StoredEvent[]) => void = () => {}
  const upkeep = startUpkeep({
    clock,
    log: silentLog(),
    hub: { dropSession },
    sessions: { touch, removeExpired },
    tickets: { removeExpired: async () => {} },
    db: {
      onCommit(listener) {
        commit = listener
        return () => {
          commit = () => {}
        }
      }
    },
    ...overrides
  })
  const write = (id: string, role: 'agent' | 'visitor' = 'agent'): void => commit([{ by: { role, id } } as StoredEvent])
  return { upkeep, clock, touch, removeExpired, dropSession, write }
}

describe('upkeep', () => {
  it('closes the sockets of sign-ins that ran out, within a minute', async () => {
    const { clock, removeExpired, dropSession } = start()
    removeExpired.mockResolvedValueOnce(['one', 'two'])
    await clock.advance(minuteMs)
    expect(dropSession.mock.calls).toEqual([['one'], ['two']])
  })

  it('goes on after a fault', async () => {
    const { clock, removeExpired } = start()
    removeExpired.mockRejectedValueOnce(new Error('disk'))
    await clock.advance(3 * minuteMs)
    expect(removeExpired).toHaveBeenCalledTimes(3)
  })

  it('notes what an operator writes for every sign-in of his that opened a socket, at most once a minute', async () => {
    const { upkeep, clock, touch, write } = start()
    upkeep.noteSocket('op_ann', 'one')
    upkeep.noteSocket('op_ann', 'two')
    for (let count = 0; count < 5; count++) write('op_ann')
    expect(touch.mock.calls).toEqual([[['one', 'two'], clock.now()]])
    await clock.advance(minuteMs)
    write('op_ann')
    expect(touch).toHaveBeenCalledTimes(2)
  })

  it('notes the next input at once where the disk did not take the last', async () => {
    const { upkeep, clock, touch, write } = start()
    upkeep.noteSocket('op_ann', 'one')
    touch.mockRejectedValueOnce(new Error('disk'))
    write('op_ann')
    await clock.advance(1_000)
    write('op_ann')
    write('op_ann')
    expect(touch).toHaveBeenCalledTimes(2)
  })

  it('takes nothing that others write for input of his', () => {
    const { upkeep, touch, write } = start()
    upkeep.noteSocket('op_ann', 'one')
    write('op_bob')
    write('op_ann', 'visitor')
    expect(touch).not.toHaveBeenCalled()
  })

  it('forgets sign-ins that ended', async () => {
    const { upkeep, clock, touch, removeExpired, write } = start()
    upkeep.noteSocket('op_ann', 'one')
    removeExpired.mockResolvedValueOnce(['one'])
    await clock.advance(minuteMs)
    write('op_ann')
    expect(touch).not.toHaveBeenCalled()
  })

  it('does nothing more once it is closed', async () => {
    const { upkeep, clock, touch, removeExpired, write } = start()
    upkeep.noteSocket('op_ann', 'one')
    upkeep.close()
    await clock.advance(5 * minuteMs)
    write('op_ann')
    expect(removeExpired).not.toHaveBeenCalled()
    expect(touch).not.toHaveBeenCalled()
  })
})
