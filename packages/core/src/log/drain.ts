import type { Env } from '../env/env.js'
import type { Outbox } from './outbox.js'

/** Longest wait for another page that sends what all have in common; a frozen one would keep it for ever. */
const waitMs = 1_000
/** Longest time that this page keeps the others waiting. */
const holdMs = 2_000

/**
 * Where several pages are connected at once, each would send all that waits on this device. They take turns, and look again what is left:
 * the second one finds nothing. That is all there is to it; ids make it right without.
 */
export async function drainInTurn(env: Env, outbox: Outbox, lockName: string): Promise<void> {
  const waits = () => outbox.all().some(({ id, state }) => state === 'pending' && !outbox.isFresh(id))
  if (!env.lock || !waits()) return
  outbox.flights.hold(true)
  const release = await env.lock(lockName, waitMs)
  await outbox.look(() => outbox.flights.hold(false))
  if (!release) return
  const stops = [env.setTimer(done, holdMs), outbox.onChange(check)]
  function done(): void {
    for (const stop of stops) stop()
    release?.()
  }
  function check(): void {
    if (!waits()) done()
  }
  check()
}
