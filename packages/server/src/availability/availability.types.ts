import type { Availability } from '@porchlight/protocol'

/** An answer that the server can give; `unknown` is the client's own. */
export type KnownAvailability = Availability & { readonly state: Exclude<Availability['state'], 'unknown'> }

/** Whether anybody can answer on a site, kept in memory and published with a growing `rev`. */
export interface AvailabilityService {
  /** The published answer of a site. */
  readonly get: (site: string) => KnownAvailability
  /** The answer for one visitor: his running chat stays a chat while its operator lives. */
  readonly forVisitor: (site: string, visitorId: string) => KnownAvailability
  /** Looks again, because something changed that the answer depends on. */
  readonly refresh: (site: string) => Promise<void>
  /** Called after each published change of a site. Returns its stop. */
  readonly onChange: (listener: (site: string) => void) => () => void
  /** Stops timers, and resolves when what was published is on disk. */
  readonly close: () => Promise<void>
}
