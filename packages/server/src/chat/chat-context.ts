import type { Cursor } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import type { RateLimits } from '../limits/rate-limits.js'
import type { LeasedOperator } from '../presence/presence.types.js'
import type { Db } from '../store/database.js'
import type { WriteUnit } from '../store/write-unit.js'

/** What the rules of conversations work with. */
export interface ChatContext {
  readonly db: Db
  readonly clock: Clock
  readonly limits: RateLimits
  /** Everybody with a lease on a site. */
  readonly leased: (site: string) => readonly LeasedOperator[]
  /** Chats that one operator of a site takes at once. */
  readonly capacity: (site: string) => number
  /** A customer counts as load for this long after he was last seen. */
  readonly loadWindowMs: number
  /** A participant's positions moved. */
  readonly onCursor: (site: string, c: string, cursor: Cursor) => void
}

/** Runs a change of the database, in one transaction, at one instant. */
export function change<T>({ db, clock }: ChatContext, work: (unit: WriteUnit) => Promise<T>): Promise<T> {
  return db.write((tx, report) => work({ tx, report, epoch: db.epoch, now: clock.now() }))
}
