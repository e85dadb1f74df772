import type { CloseName, QueueFrame } from '@porchlight/protocol'
import type { Subject } from '../chat/subject.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { Home } from './home.js'
import type { Weight } from './outlet.js'

/** All open connections. */
export interface Hub {
  /** Ends an operator's connections and leases at once: disabled, removed, or his rights changed. */
  readonly dropOperator: (operatorId: string) => void
  /** Ends the connections that one sign-in opened. */
  readonly dropSession: (session: string) => void
  /** Ends a visitor's connections. */
  readonly dropVisitor: (site: string, visitorId: string) => void
  /** Open connections now, by kind. */
  readonly count: () => { readonly visitors: number; readonly operators: number }
  /** Asks everybody to leave and to come back after some time within `windowMs`; resolves when what they had sent is answered. */
  readonly drain: (windowMs: number) => Promise<void>
}

/** A welcomed connection, as the hub sees it. */
export interface Member {
  readonly conn: string
  /** Grows with each connection that begins. Whatever hello is answered first, the connection that began last is the one that counts. */
  readonly generation: number
  readonly subject: Subject
  readonly device: string
  readonly tab: string | undefined
  /** Connections of one kind replace each other; a polling session of a page that goes away does not end its socket. */
  readonly via: 'socket' | 'poll'
  /** The operator's sign-in. */
  readonly session: string | undefined
  /** What it is told of who is home. */
  readonly home: Home
  readonly onEvent: (event: StoredEvent, text: string) => void
  readonly push: (text: string, weight: Weight) => void
  readonly close: (name: CloseName) => void
  readonly drain: (windowMs: number) => Promise<void>
}

/** What the queue uses of the hub. */
export interface PlaceTeller {
  /** Tells a visitor his place among those who wait. */
  readonly tellPlace: (site: string, visitorId: string, told: Omit<QueueFrame, 't'>) => void
}

/** What connections use of the hub. */
export interface Switchboard {
  /** Takes a welcomed connection in; an older one of the same page, or one too many of the device, makes room, also when it is this one. Returns its leave. */
  readonly admit: (member: Member) => () => void
  readonly follow: (c: string, member: Member) => void
  readonly unfollow: (c: string, member: Member) => void
  /** A visitor's newest conversation is of this department: from now on that one tells him who is home. */
  readonly moveVisitor: (site: string, visitorId: string, department: string | null) => void
  /** Sends to everybody who follows a log, but not to the given participant. */
  readonly relay: (c: string, text: string, options: { readonly weight: Weight; readonly exceptId?: string | undefined }) => void
}
