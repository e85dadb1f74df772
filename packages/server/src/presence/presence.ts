import { ChatError } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import type { Db } from '../store/database.js'
import { readLeases } from '../store/lease-store.js'
import { readReadiness } from '../store/presence-store.js'
import type { CommandInput, CommandName } from '../writer/commands.js'
import { createAbsences } from './absences.js'
import { createLeases, type Lease, type LeaseChange, type LeaseDurations } from './leases.js'
import type { LeasedOperator, Presence } from './presence.types.js'
import { createShownOperators } from './shown-operators.js'

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
  const shown = createShownOperators({ clock, onChange: tell })
  const absences = createAbsences({
    clock,
    isOnDuty: (id) => (intents.get(id) ?? false) && leases.ofOperator(id).length > 0,
    onChange: (id) => {
      for (const { site, operator } of leases.ofOperator(id)) tell(site, operator)
    },
    keep: (id, attention) => later('presence.keepAttention', { id, ...attention })
  })
  let pending: Promise<void> = Promise.resolve()

  /** Writes that nobody waits for, in their order. */
  function later<N extends CommandName>(name: N, input: CommandInput<N>): void {
    const both = Promise.all([pending, db.write(name, input, clock.now()).catch(onFault)])
    // Each result would hold the one before, and so every one since the start.
    pending = both.then(() => undefined)
  }

  function onLeaseChange(lease: Lease, change: LeaseChange): void {
    const { site, conn, operator, expiresAt } = lease
    if (change === 'ended' || change === 'revoked') later('lease.drop', { site, conn })
    else later('lease.keep', { site, conn, operator: operator.id, expires_at: expiresAt })
    if (change === 'renewed') return
    const own = leases.ofSite(site).filter(({ operator: other }) => other.id === operator.id)
    shown.see({ site, operator, isThere: own.length > 0, isLive: own.some(({ isSuspect }) => !isSuspect) })
    if (change === 'revoked') shown.forget(site, operator.id)
    tell(site, operator)
  }

  function tell(site: string, operator: Lease['operator']): void {
    publish(site, operator)
    for (const listener of listeners) listener(site)
  }

  const isAvailable = (operatorId: string): boolean => (intents.get(operatorId) ?? false) && absences.of(operatorId) === null

  /** Colleagues hear of a change once, whatever number of connections it took. */
  function publish(site: string, { id, name }: { readonly id: string; readonly name: string }): void {
    const presence = { id, name, available: isAvailable(id), live: shown.isShown(site, id) }
    const text = JSON.stringify(presence)
    if (published.get(`${site} ${id}`) === text) return
    published.set(`${site} ${id}`, text)
    later('presence.report', { site, presence })
  }

  await db.write('lease.dropStale', { beforeMs: clock.now() - staleAfterMs }, clock.now())
  for (const { conn, site, operator, readiness } of await readLeases(db.query)) {
    intents.set(operator.id, readiness.isWanting)
    absences.restore(operator.id, readiness)
    leases.restore({ conn, site, operator }, durations.bootHoldMs)
    shown.restore(site, operator.id)
    published.set(`${site} ${operator.id}`, JSON.stringify({ id: operator.id, name: operator.name, available: isAvailable(operator.id), live: true }))
    absences.watch(operator.id)
  }

  return {
    setAvailable: async (operatorId, isWanting) => {
      const operator = await db.write('presence.setIntent', { id: operatorId, isAvailable: isWanting }, clock.now())
      if (!operator) throw new ChatError('not_found', 'no such operator')
      intents.set(operatorId, isWanting)
      absences.noteInput(operatorId, 'word')
      for (const site of operator.sites) {
        publish(site, { id: operatorId, name: operator.name })
        for (const listener of listeners) listener(site)
      }
      await pending
    },
    connect: async (holder, isOver = () => false) => {
      const { id } = holder.operator
      const readiness = absences.isRestored(id) ? undefined : await readReadiness(db.query, id)
      if (isOver()) return
      // What he has said meanwhile is newer than what was read.
      if (readiness) absences.restore(id, readiness)
      if (readiness && !intents.has(id)) intents.set(id, readiness.isWanting)
      leases.begin(holder)
      absences.watch(id)
    },
    renew: leases.renew,
    end: leases.end,
    revoke: leases.revoke,
    isLive: shown.isShown,
    leased: (site) => mergeByOperator(leases.ofSite(site), isAvailable).filter(({ id }) => shown.isShown(site, id)),
    setAbsent: absences.set,
    isIdle: (operatorId) => absences.of(operatorId) === 'idle',
    noteInput: absences.noteInput,
    lastInputMs: absences.lastInputMs,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      leases.stop()
      absences.stop()
      shown.stop()
      await pending
    }
  }
}

/** One entry an operator: he is suspect only when all his consoles are. */
function mergeByOperator(leases: readonly Lease[], isAvailable: (operatorId: string) => boolean): LeasedOperator[] {
  const merged = new Map<string, LeasedOperator>()
  for (const { operator, isSuspect } of leases) {
    const other = merged.get(operator.id)
    merged.set(operator.id, {
      id: operator.id,
      name: operator.name,
      isAvailable: isAvailable(operator.id),
      isSuspect: isSuspect && (other?.isSuspect ?? true)
    })
  }
  return [...merged.values()]
}
