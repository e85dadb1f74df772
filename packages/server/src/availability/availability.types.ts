import type { Availability } from '@porchlight/protocol'

/** An answer that the server can give; `unknown` is the client's own. */
export type KnownAvailability = Availability & { readonly state: Exclude<Availability['state'], 'unknown'> }

/**
 * Whether anybody can answer on a site, and in each of its departments, kept in memory and published with a growing `rev` of each. A department that the site does
 * not have is the whole site.
 */
export interface AvailabilityService {
  /** The published answer of a site or a department: the same object until the next one. Default: the whole site. */
  readonly get: (site: string, department?: string | null) => KnownAvailability
  /** The answer for one visitor: his running chat stays a chat while its operator lives. */
  readonly forVisitor: (site: string, visitorId: string, department?: string | null) => KnownAvailability
  /** Looks again, because something changed that the answer depends on. */
  readonly refresh: (site: string) => Promise<void>
  /** Called after each published change of a site or a department of it. Returns its stop. */
  readonly onChange: (listener: (site: string) => void) => () => void
  /** Stops timers, and resolves when what was published is on disk. */
  readonly close: () => Promise<void>
}
