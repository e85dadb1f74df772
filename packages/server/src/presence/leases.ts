import type { Clock } from '../clock.js'
import type { LeaseEnd, LeaseHolder } from './presence.types.js'

/** Times of leases in milliseconds. */
export interface LeaseDurations {
  /** A lease lasts this long after the last sign of life. */
  readonly leaseMs: number
  /** Grace after a goodbye or a clean close: a reload is not an absence. */
  readonly leftGraceMs: number
  /** Grace after a broken link. */
  readonly lostGraceMs: number
}

/** A lease as it stands. */
export interface Lease extends LeaseHolder {
  readonly isSuspect: boolean
  readonly expiresAt: number
}

/** What happened to a lease; `revoked`: it ended because its operator signed out or may no longer be there. */
export type LeaseChange = 'begun' | 'renewed' | 'suspected' | 'ended' | 'revoked'

/** Options of {@link createLeases}. */
export interface LeasesOptions {
  readonly clock: Clock
  readonly durations: LeaseDurations
  readonly onChange: (lease: Lease, change: LeaseChange) => void
}

/** Leases in memory, each with its own timer. Only a connection's own lease ends with it, so a late goodbye of an old one harms nobody. */
export interface Leases {
  readonly begin: (holder: LeaseHolder) => void
  /** Puts back a lease of the last run: suspect until its console comes back, for at most `forMs`. */
  readonly restore: (holder: LeaseHolder, forMs: number) => void
  readonly renew: (conn: string) => void
  readonly end: (conn: string, how: LeaseEnd) => void
  /** Ends everything an operator holds. */
  readonly revoke: (operatorId: string) => void
  readonly ofSite: (site: string) => readonly Lease[]
  readonly ofOperator: (operatorId: string) => readonly Lease[]
  readonly stop: () => void
}

interface HeldLease {
  readonly lease: Lease
  readonly stopTimer: () => void
}

/** Makes an empty set of leases. */
export function createLeases({ clock, durations, onChange }: LeasesOptions): Leases {
  const held = new Map<string, HeldLease>()

  function hold(lease: Lease): void {
    held.get(lease.conn)?.stopTimer()
    const stopTimer = clock.setTimer(() => remove(lease.conn), lease.expiresAt - clock.now())
    held.set(lease.conn, { lease, stopTimer })
  }

  function remove(conn: string, change: 'ended' | 'revoked' = 'ended'): void {
    const found = held.get(conn)
    if (!found) return
    found.stopTimer()
    held.delete(conn)
    onChange(found.lease, change)
  }

  /** A console that is back stands for the one that was leaving. */
  function takeOver({ site, operator, conn }: LeaseHolder): void {
    for (const { lease } of [...held.values()]) {
      if (lease.isSuspect && lease.conn !== conn && lease.site === site && lease.operator.id === operator.id) remove(lease.conn)
    }
  }

  return {
    begin: (holder) => {
      const lease = { ...holder, isSuspect: false, expiresAt: clock.now() + durations.leaseMs }
      hold(lease)
      onChange(lease, 'begun')
      takeOver(holder)
    },
    restore: (holder, forMs) => hold({ ...holder, isSuspect: true, expiresAt: clock.now() + forMs }),
    renew: (conn) => {
      const found = held.get(conn)?.lease
      if (!found || found.isSuspect) return
      const lease = { ...found, expiresAt: clock.now() + durations.leaseMs }
      hold(lease)
      onChange(lease, 'renewed')
    },
    end: (conn, how) => {
      const found = held.get(conn)?.lease
      if (!found) return
      if (how === 'revoked') return remove(conn, 'revoked')
      if (found.isSuspect) return
      const graceMs = how === 'left' ? durations.leftGraceMs : durations.lostGraceMs
      const lease = { ...found, isSuspect: true, expiresAt: clock.now() + graceMs }
      hold(lease)
      onChange(lease, 'suspected')
    },
    revoke: (operatorId) => {
      for (const { lease } of [...held.values()]) if (lease.operator.id === operatorId) remove(lease.conn, 'revoked')
    },
    ofSite: (site) => [...held.values()].map(({ lease }) => lease).filter((lease) => lease.site === site),
    ofOperator: (operatorId) => [...held.values()].map(({ lease }) => lease).filter(({ operator }) => operator.id === operatorId),
    stop: () => {
      for (const { stopTimer } of held.values()) stopTimer()
      held.clear()
    }
  }
}
