import type { ExpectedWaits } from '../answers/expected-waits.js'
import { departmentOf, partsOf } from '../departments/department-of.js'
import { membersOf } from '../departments/members-of.js'
import { readLoads } from '../store/conversation-store.js'
import type { Site } from '../store/site-registry.js'
import type { AvailabilityOptions } from './availability.js'
import { computeAnswer, type View } from './compute.js'
import type { ByPart } from './published-answers.js'
import type { RunningChats } from './running-chats.js'

/** What holds now on a site and in each of its departments. Whoever answers in several has one load. */
export async function lookAtSite(
  id: string,
  { db, clock, presence, sites, doors: doorsOf, durations, expectedWaits }: AvailabilityOptions & { readonly expectedWaits: ExpectedWaits },
  chats: RunningChats
): Promise<ByPart<View>> {
  const loads = await readLoads(id, db.query, clock.now() - durations.loadWindowMs)
  const waits = new Map<string | null, number | undefined>()
  for (const part of partsOf(sites.get(id))) waits.set(part, await expectedWaits(id, part, clock.now()))
  const site = sites.get(id)
  const operators = presence.leased(id)
  return new Map(
    partsOf(site).map((part) => {
      // After the reads: hours may have ended meanwhile.
      const { opening, doors } = doorsOf(id, part)
      const staff = membersOf(operators, departmentOf(site, part))
      const answer = computeAnswer({ operators: staff, loads, capacity: site?.capacity ?? 0 }, opening, waits.get(part))
      return [part, { answer, inChat: doors === 'closed' ? new Set<string>() : inChatOf(part, { site, presence, chats }) }]
    })
  )
}

/** Where chats run, and who is there. */
export interface RunningOn {
  readonly site: Site | undefined
  readonly presence: AvailabilityOptions['presence']
  readonly chats: RunningChats
}

/** Customers whose chat runs in a department, or nowhere else than on the whole site, which is null, with an operator who is there, whether or not he is of it. */
export function inChatOf(part: string | null, { site, presence, chats }: RunningOn): ReadonlySet<string> {
  if (!site) return new Set()
  return chats.visitorsOf(
    site.id,
    ({ operator, department }) => (departmentOf(site, department)?.id ?? null) === part && presence.isLive(site.id, operator)
  )
}
