import type { LogEvent } from '@porchlight/protocol'

/** An event as the database holds it: with the site it belongs to, and whether visitors may read it. */
export interface StoredEvent extends LogEvent {
  readonly site: string
  readonly staffOnly: boolean
}
