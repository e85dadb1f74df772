import type { Kysely } from 'kysely'
import type { RateLimits } from '../limits/rate-limits.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { Tables } from '../store/tables.js'

/** Where one change of the database happens: everything in it is kept together or not at all. */
export interface WriteUnit {
  readonly tx: Kysely<Tables>
  readonly epoch: string
  /** The instant that everything in it carries, in milliseconds since 1970. */
  readonly now: number
  /** Counters of what only a look into the database can tell apart, such as a new message from one that is sent again. */
  readonly limits: RateLimits
  /** Tells those who follow logs, after the commit. */
  readonly report: (event: StoredEvent) => void
}
