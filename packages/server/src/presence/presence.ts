import { ChatError } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import type { Db } from '../store/database.js'
import { readLeases } from '../store/lease-store.js'
import { readIntent } from '../store/presence-store.js'
import type { CommandInput, CommandName } from '../writer/commands.js'
import { createLeases, type Lease, type LeaseChange, type LeaseDurations } from './leases.js'
import type { LeasedOperator, Presence } from './presence.types.js'

/** What presence works with. */
export interface PresenceOptions {
  readonly db: Db
  readonly clock: Clock
  readonly durations: LeaseDurations & {
    /** After a start, leases of the last run count this long. */
    readonly bootHoldMs: number
  }
  /** A write that nobody waits for has failed. */
  readonly onFault: (error: unknown) => void
}

/** A lease that ran out this long before the start says nothing about now. */
const staleAfterMs = 60_000

/** Reads the leases of the last run and goes on from them. */
export async function createPresence({ db, clock, durations, onFault }: PresenceOptions): Promise<Presence> {
  const intents = new Map<string, boolean>()
  const published = new Map<string, string>()
  const listeners = new Set<(site: string) => void>()
  const leases = createLeases({ clock, durations, onChange: onLeaseChange })
  let pending: Promise<unknown> = Promise.resolve()

  /** Writes that nobody waits for, in their order. */
  function later<N extends CommandName>(name: N, input: CommandInput<N>): void {
    pending = Promise.all([pending, db.write(name, input, clock.now()).catch(onFault)])
  }

  function onLeaseChange(lease: Lease, change: LeaseChange): void {
    const { site, conn, operator, expiresAt } = lease
    if (change === 'ended') later('lease.drop', { site, conn })
    else later('lease.keep', { site, conn, operator: operator.id, expires_at: expiresAt })
    if (change === 'renewed') return
    publish(site, operator)
    for (const listener of listeners) listener(site)
  }

  const isLive = (site: string, operatorId: string): boolean => leases.ofSite(site).some(({ operator }) => operator.id === operatorId)

  /** Colleagues hear of a change once, whatever number of connections it took. */
  function publish(site: string, { id, name }: { readonly id: string; readonly name: string }): void {
    const presence = { id, name, available: intents.get(id) ?? false, live: isLive(site, id) }
    const text = JSON.stringify(presence)
    if (published.get(`${site} ${id}`) === text) return
    published.set(`${site} ${id}`, text)
    later('presence.report', { site, presence })
  }

  await db.write('lease.dropStale', { beforeMs: clock.now() - staleAfterMs }, clock.now())
  for (const { conn, site, operator, isAvailable } of await readLeases(db.query)) {
    intents.set(operator.id, isAvailable)
    leases.restore({ conn, site, operator }, durations.bootHoldMs)
    published.set(`${site} ${operator.id}`, JSON.stringify({ id: operator.id, name: operator.name, available: isAvailable, live: true }))
  }

  return {
    setAvailable: async (operatorId, isAvailable) => {
      const operator = await db.write('presence.setIntent', { id: operatorId, isAvailable }, clock.now())
      if (!operator) throw new ChatError('not_found', 'no such operator')
      intents.set(operatorId, isAvailable)
      for (const site of operator.sites) {
        publish(site, { id: operatorId, name: operator.name })
        for (const listener of listeners) listener(site)
      }
      await pending
    },
    connect: async (holder, isOver = () => false) => {
      const { id } = holder.operator
      const isAvailable = intents.get(id) ?? (await readIntent(db.query, id))
      if (isOver()) return
      // What he has said meanwhile is newer than what was read.
      if (!intents.has(id)) intents.set(id, isAvailable)
      leases.begin(holder)
    },
    renew: leases.renew,
    end: leases.end,
    revoke: leases.revoke,
    isLive,
    leased: (site) => mergeByOperator(leases.ofSite(site), intents),
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      leases.stop()
      await pending
    }
  }
}

/** One entry an operator: he is suspect only when all his consoles are. */
function mergeByOperator(leases: readonly Lease[], intents: ReadonlyMap<string, boolean>): LeasedOperator[] {
  const merged = new Map<string, LeasedOperator>()
  for (const { operator, isSuspect } of leases) {
    const other = merged.get(operator.id)
    const isAvailable = intents.get(operator.id) ?? false
    merged.set(operator.id, { id: operator.id, name: operator.name, isAvailable, isSuspect: isSuspect && (other?.isSuspect ?? true) })
  }
  return [...merged.values()]
}
