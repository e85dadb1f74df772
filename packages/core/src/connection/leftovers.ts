import type { ChatAdapter } from '../adapter.js'
import type { DeviceStorage, Env } from '../env/env.js'
import type { LogCore } from '../log/log.js'
import type { Outbox } from '../log/outbox.js'
import { localPrefix } from '../log/outbox-state.js'

/** What leftovers are gathered from. */
export interface LeftoversOptions {
  readonly adapter: ChatAdapter
  readonly env: Env
  readonly storage: DeviceStorage
  readonly outbox: Outbox
  readonly logs: ReadonlyMap<string, LogCore>
}

/** Hands over what waits when the page is hidden or left. Texts go once while they wait, for a page is hidden before it is left. */
export function createLeftovers({ adapter, env, storage, outbox, logs }: LeftoversOptions): (isLeaving: boolean) => void {
  let sent: ReadonlySet<string> = new Set()
  return (isLeaving) => {
    if (!adapter.flush || !env.isOnline()) return
    const waiting = outbox.all().filter(({ c, id, state }) => state === 'pending' && outbox.isKept(id) && !c.startsWith(localPrefix))
    const isNew = waiting.some(({ id }) => !sent.has(id))
    const receipts = [...logs.values()].flatMap((log) => {
      const receipt = isLeaving && log.untold()
      return receipt ? [{ c: log.c, ...receipt }] : []
    })
    if (!isNew && receipts.length === 0) return
    sent = new Set(waiting.map(({ id }) => id))
    for (const id of sent) outbox.handOver(id)
    const drafts = (isNew ? waiting : []).map(({ c, id, n, k, body }) => ({ c, id, n, k, body }))
    adapter.flush({ saved: storage.small.read('saved') ?? null, device: outbox.device(), drafts, receipts })
  }
}
