import type { Availability } from '@porchlight/protocol'

/** Whether anybody can answer on a site, kept in memory and published with a growing `rev`. */
export interface AvailabilityService {
  /** The published answer of a site. */
  readonly get: (site: string) => Availability
  /** The answer for one visitor: his running chat stays a chat while its operator lives. */
  readonly forVisitor: (site: string, visitorId: string) => Availability
  /** Looks again, because something changed that the answer depends on. */
  readonly refresh: (site: string) => Promise<void>
  /** Called with each published change of a site. Returns its stop. */
  readonly onChange: (listener: (site: string) => void) => () => void
  readonly close: () => Promise<void>
}
