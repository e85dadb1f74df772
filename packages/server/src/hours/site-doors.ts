import type { SiteHours } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import { departmentOf } from '../departments/department-of.js'
import type { Site } from '../store/site-registry.js'
import { type Opening, openingAt } from './opening.js'
import type { ZoneOffset } from './zone-offset.js'

/** `open`: for everybody; `closing`: hours have ended a moment ago, and chats that run go on; `closed`: for everybody. */
export type Doors = 'open' | 'closing' | 'closed'

/** What the hours of a site or a department say now. */
export interface SiteHoursNow {
  readonly opening: Opening
  readonly doors: Doors
  /** It may change by mere time. */
  readonly hasHours: boolean
  /** When any of it changes next, in milliseconds since 1970; `Infinity` where nothing is known to. */
  readonly changesAt: number
}

/** What looking at hours works with. */
export interface SiteDoorsOptions {
  readonly clock: Clock
  readonly sites: { readonly get: (id: string) => Pick<Site, 'settings'> | undefined }
  readonly zoneOffset: ZoneOffset
  /** Chats that run when hours end go on for this long. */
  readonly closeGraceMs: number
  /** A site's zone is not known to this run time; told once. */
  readonly onUnknownZone: (site: string) => void
}

/**
 * Looks at the hours of a site, or of a department that has its own, anew each time: neither an offset nor the rules of a zone are kept. What has no hours is always
 * open.
 */
export type SiteDoors = (site: string, department?: string | null) => SiteHoursNow

const always: SiteHoursNow = { opening: { isOpen: true }, doors: 'open', hasHours: false, changesAt: Number.POSITIVE_INFINITY }

/** Makes the look at all sites' hours. */
export function createSiteDoors({ clock, sites, zoneOffset, closeGraceMs, onUnknownZone }: SiteDoorsOptions): SiteDoors {
  /** When something was last seen open: hours that are changed may end in the middle of what they were. */
  const seenOpen = new Map<string, number>()
  const reported = new Set<string>()

  /** Where a zone is not known here any more, nobody can tell whether it is open; then whoever says that he is there is believed. */
  function openingOf(site: string, hours: SiteHours, nowMs: number): Opening {
    try {
      return openingAt(hours, nowMs, (instantMs) => zoneOffset(hours.zone, instantMs))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      if (!reported.has(site)) onUnknownZone(site)
      reported.add(site)
      return always.opening
    }
  }

  return (site, department) => {
    const nowMs = clock.now()
    const known = sites.get(site)
    const own = departmentOf(known, department)?.hours
    const hours = own === undefined ? known?.settings.hours : own
    const key = own === undefined ? site : `${site} ${department}`
    const opening = hours ? openingOf(site, hours, nowMs) : always.opening
    if (opening.isOpen) seenOpen.set(key, nowMs)
    if (!hours) return always
    if (opening.isOpen) return { opening, doors: 'open', hasHours: true, changesAt: opening.closesAt ?? Number.POSITIVE_INFINITY }
    const never = Number.NEGATIVE_INFINITY
    const graceEndsAt = Math.max(opening.closedAt ?? never, seenOpen.get(key) ?? never) + closeGraceMs
    const isClosing = nowMs < graceEndsAt
    const changesAt = Math.min(opening.opensAt ?? Number.POSITIVE_INFINITY, isClosing ? graceEndsAt : Number.POSITIVE_INFINITY)
    return { opening, doors: isClosing ? 'closing' : 'closed', hasHours: true, changesAt }
  }
}
