import type { Role } from '@porchlight/protocol'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Vitals } from './admission/vitals.js'
import type { AvailabilityService } from './availability/availability.types.js'
import type { ChatService } from './chat/chat-service.types.js'
import type { Clock } from './clock.js'
import type { ZoneOffset } from './hours/zone-offset.js'
import type { RateOverrides } from './limits/limits.types.js'
import type { Presence } from './presence/presence.types.js'
import type { Recipients } from './site-info/site-info.js'
import type { Db } from './store/database.js'
import type { SiteRegistry } from './store/site-registry.js'
import type { Hub } from './wire/hub.types.js'

/** What a good ticket stands for. `session` lets a sign-out end the sockets of that sign-in only. */
export interface TicketHolder {
  readonly operatorId: string
  readonly name: string
  readonly role: Role
  readonly session?: string | undefined
}

/** Times of presence and availability in milliseconds. */
export interface Durations {
  /** A lease lasts this long after the last pong. */
  readonly leaseMs: number
  /** Grace after a goodbye or a clean close: a reload is not an absence. */
  readonly leftGraceMs: number
  /** Grace after a broken link. */
  readonly lostGraceMs: number
  /** Going down is published this late, so that several changes are one. */
  readonly downDelayMs: number
  /** After a start, leases of the last run count this long. */
  readonly bootHoldMs: number
  /** A customer counts as load for this long after he was last seen. */
  readonly loadWindowMs: number
  /** Chats that run when opening hours end go on for this long. */
  readonly closeGraceMs: number
}

/** What the domain needs from the world. */
export interface DomainOptions {
  readonly db: Db
  readonly log: FastifyBaseLogger
  /** Whether an origin is the server's own: the console's and the hosted page's. `host` is the request's `Host` header. */
  readonly isOwnOrigin: (origin: string, host: string | undefined) => boolean
  /** Uses a ticket up; null when it is unknown, used, run out, or not for this site. */
  readonly redeemTicket: (site: string, ticket: string) => Promise<TicketHolder | null>
  /** Whether what a ticket gave is so still: the sign-in lives, and the account has the same role on the site. */
  readonly isStillHeld: (site: string, holder: TicketHolder) => Promise<boolean>
  readonly clock?: Clock | undefined
  readonly limits?: RateOverrides | undefined
  readonly durations?: Partial<Durations> | undefined
  /** The trusted proxies in front, as a hop count or as addresses and CIDR blocks joined by commas. Default: none. */
  readonly trustProxy?: number | string | undefined
  /** How the process is, which may keep more people out. Default: what it measures about itself. */
  readonly vitals?: Vitals | undefined
  /** Whether anybody would receive a request. Default: always somebody. */
  readonly recipients?: Recipients | undefined
  /** Whether somebody sends the mail that requests ask for; nothing is asked for in vain. Default: false. */
  readonly isMailing?: boolean | undefined
  /** What clocks show in a zone. Default: the time zone data of the run time. */
  readonly zoneOffset?: ZoneOffset | undefined
}

/** Conversations, presence, availability and the wire of one server. */
export interface Domain {
  readonly sites: SiteRegistry
  readonly chat: ChatService
  readonly presence: Presence
  readonly availability: AvailabilityService
  readonly hub: Hub
  /** Registers the visitors' routes and the socket on a server that does not listen yet. */
  readonly attach: (app: FastifyInstance) => Promise<void>
  /**
   * Sends everybody away, each when what he had sent is answered, and stops every timer. The database stays open.
   *
   * @param deadline When it resolves, nobody waits for the database any more. Default: never.
   */
  readonly close: (deadline?: Promise<unknown>) => Promise<void>
}
