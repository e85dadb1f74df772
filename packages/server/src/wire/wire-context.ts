import type { FastifyBaseLogger } from 'fastify'
import type { Admission } from '../admission/admission.js'
import type { AvailabilityService } from '../availability/availability.types.js'
import type { ChatService } from '../chat/chat-service.types.js'
import type { Clock } from '../clock.js'
import type { TicketHolder } from '../domain.types.js'
import type { Handovers } from '../handover/handovers.js'
import type { RateLimits } from '../limits/rate-limits.js'
import type { Presence } from '../presence/presence.types.js'
import type { Queue } from '../queue/queue.js'
import type { SiteInfoService } from '../site-info/site-info.js'
import type { Db } from '../store/database.js'
import type { Switchboard } from './hub.types.js'

/** What every connection works with. */
export interface WireContext {
  readonly db: Db
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly chat: ChatService
  readonly presence: Presence
  readonly availability: AvailabilityService
  readonly queue: Pick<Queue, 'placeOf' | 'visitorCame'>
  readonly siteInfo: Pick<SiteInfoService, 'get'>
  readonly limits: RateLimits
  readonly hub: Switchboard
  readonly handovers: Pick<Handovers, 'noteInput'>
  readonly admission: Pick<Admission, 'hello' | 'socket'>
  readonly redeemTicket: (site: string, ticket: string) => Promise<TicketHolder | null>
  readonly isStillHeld: (site: string, holder: TicketHolder) => Promise<boolean>
}

/** Where a connection comes from. */
export interface PeerOrigin {
  readonly site: string
  /** Key of the address for buckets; null is not counted. */
  readonly address: string | null
  /** The page is one of the server's own. */
  readonly isOwnOrigin: boolean
  readonly via: 'socket' | 'poll'
}
