import type { Absence } from './absences.js'

/** A console that connected: one socket or polling session of one operator on one site. */
export interface LeaseHolder {
  readonly site: string
  readonly operator: { readonly id: string; readonly name: string }
  readonly conn: string
}

/** `left`: it said so or closed its socket; `lost`: the link broke; `revoked`: its rights ended. */
export type LeaseEnd = 'left' | 'lost' | 'revoked'

/** An operator with a lease. */
export interface LeasedOperator {
  readonly id: string
  readonly name: string
  /** He wants chats, and does not leave customers waiting. */
  readonly isAvailable: boolean
  /** His link is gone and his grace runs: customers see no change, and he gets no new chats. */
  readonly isSuspect: boolean
  /** When he was given a chat last, since the server runs. */
  readonly givenAt?: number | undefined
}

/** Who is home: intent from the operators, life from their connections. */
export interface Presence {
  /**
   * Remembers whether an operator wants chats, on every site he works for, and publishes it.
   *
   * @throws {ChatError} `not_found` when there is no such operator.
   */
  readonly setAvailable: (operatorId: string, isAvailable: boolean) => Promise<void>
  /**
   * Starts the lease of a connection.
   *
   * @param isOver Whether the connection has ended meanwhile: then nothing begins, for nothing would end it.
   */
  readonly connect: (holder: LeaseHolder, isOver?: () => boolean) => Promise<void>
  /** Says that the connection lives; call it on each pong. */
  readonly renew: (conn: string) => void
  /** Ends the lease, after the grace that the way of ending asks for. */
  readonly end: (conn: string, how: LeaseEnd) => void
  /** Ends everything an operator holds, on all sites, without grace. */
  readonly revoke: (operatorId: string) => void
  /** Everybody may see that his console is connected, or was a moment ago. */
  readonly isLive: (site: string, operatorId: string) => boolean
  /** Takes an operator for one who wants no chats, until he does something. He has not said so himself, so his wish is not changed. */
  readonly setAbsent: (operatorId: string, absence: Absence) => void
  /** Nobody is at his consoles, although they are connected. */
  readonly isIdle: (operatorId: string) => boolean
  /** An operator said something (`word`), or his console said that somebody is at it (`sign`). */
  readonly noteInput: (operatorId: string, how: 'word' | 'sign') => void
  /** When an operator last did something; undefined where that is not known. */
  readonly lastInputMs: (operatorId: string) => number | undefined
  /** Everybody with a lease on a site. */
  readonly leased: (site: string) => readonly LeasedOperator[]
  /** Called after a change of who is leased, available or suspect on a site. Returns its stop. */
  readonly onChange: (listener: (site: string) => void) => () => void
  /** Stops timers, and resolves when what was decided is on disk. Leases stay there, for the next start. */
  readonly close: () => Promise<void>
}
