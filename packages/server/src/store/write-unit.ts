import type { Kysely } from 'kysely'
import type { StoredEvent } from './stored-event.js'
import type { Tables } from './tables.js'

/** Where one change of the database happens: everything in it is kept together or not at all. */
export interface WriteUnit {
  readonly tx: Kysely<Tables>
  readonly epoch: string
  /** The instant that everything in it carries, in milliseconds since 1970. */
  readonly now: number
  /** Tells those who follow logs, after the commit. */
  readonly report: (event: StoredEvent) => void
}
