import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Accounts } from '../auth/accounts.js'
import type { Clock } from '../clock.js'
import type { Domain } from '../domain.types.js'
import type { ClientAddress } from '../limits/client-address.js'
import type { Db } from '../store/database.js'
import type { OperatorStore } from '../store/operator-store.js'
import type { SessionStore } from '../store/session-store.js'
import type { SetupStore } from '../store/setup-store.js'
import type { TicketStore } from '../store/ticket-store.js'

/** The cookie of a sign-in. */
export interface SessionCookie {
  readonly read: (request: FastifyRequest) => string | null
  readonly set: (reply: FastifyReply, value: string) => void
  readonly clear: (reply: FastifyReply) => void
}

/** What the routes of the API are made of. */
export interface ApiContext {
  readonly domain: Pick<Domain, 'availability' | 'chat' | 'hub' | 'presence' | 'sites'>
  readonly db: Db
  readonly operators: OperatorStore
  readonly sessions: SessionStore
  readonly tickets: TicketStore
  readonly setup: SetupStore
  readonly accounts: Accounts
  readonly cookie: SessionCookie
  readonly clientAddress: ClientAddress
  readonly clock: Clock
  readonly log: Logger
}
