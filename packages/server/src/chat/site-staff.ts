import type { Department } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import { membersOf } from '../departments/members-of.js'
import type { SiteDoors } from '../hours/site-doors.js'
import type { Presence } from '../presence/presence.types.js'
import type { Site, SiteRegistry } from '../store/site-registry.js'
import type { PartStaff, Staff } from './chat-context.js'

/** What looking who is there works with. */
export interface SiteStaffOptions {
  readonly clock: Clock
  readonly presence: Pick<Presence, 'leased'>
  readonly sites: Pick<SiteRegistry, 'get'>
  readonly doors: SiteDoors
  /** A customer counts as load for this long after he was last seen. */
  readonly loadWindowMs: number
  /** When an operator was given a chat last. */
  readonly givenAt: (operatorId: string) => number | undefined
}

/** Every text asks, and hours of many departments cost milliseconds together: they are looked at once in this, and at their very turns. */
const doorsKeptMs = 1_000

interface KeptDoors {
  readonly at: number
  readonly until: number
  readonly doors: readonly Staff['doors'][]
}

/** Looks who is there now to take a site's chats, and in which of its departments. */
export function createSiteStaff({ clock, presence, sites, doors, loadWindowMs, givenAt }: SiteStaffOptions): (site: string) => Staff {
  /** A change of its settings makes another site of it. */
  const kept = new WeakMap<Site, KeptDoors>()

  function doorsOf(site: Site, departments: readonly Department[]): KeptDoors['doors'] {
    const now = clock.now()
    const known = kept.get(site)
    if (known && known.at <= now && now < known.until) return known.doors
    const looks = departments.map(({ id }) => doors(site.id, id))
    const until = Math.min(now + doorsKeptMs, ...looks.map(({ changesAt }) => changesAt))
    kept.set(site, { at: now, until, doors: looks.map((look) => look.doors) })
    return looks.map((look) => look.doors)
  }

  function departmentsOf(site: Site | undefined, operators: Staff['operators']): Readonly<Record<string, PartStaff>> {
    const departments = site?.settings.departments ?? []
    if (!site || departments.length === 0) return {}
    const open = doorsOf(site, departments)
    return Object.fromEntries(
      departments.map((department, index) => [department.id, { operators: membersOf(operators, department), doors: open[index] as Staff['doors'] }])
    )
  }

  return (id) => {
    const site = sites.get(id)
    const operators = presence.leased(id).map((operator) => ({ ...operator, givenAt: givenAt(operator.id) }))
    return { operators, capacity: site?.capacity ?? 0, loadWindowMs, doors: doors(id).doors, departments: departmentsOf(site, operators) }
  }
}

/** Who is there for a conversation: those of its department, in its hours. A department that the site does not have is the whole site. */
export function staffFor(staff: Staff, { department }: { readonly department: string | null }): PartStaff {
  return department !== null && Object.hasOwn(staff.departments, department) ? (staff.departments[department] as PartStaff) : staff
}
