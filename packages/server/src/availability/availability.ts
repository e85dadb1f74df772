import { createExpectedWaits } from '../answers/expected-waits.js'
import type { Clock } from '../clock.js'
import { partsOf } from '../departments/department-of.js'
import type { SiteDoors } from '../hours/site-doors.js'
import type { Presence } from '../presence/presence.types.js'
import { readAvailabilities } from '../store/availability-store.js'
import { readRunningChats } from '../store/conversation-rows.js'
import type { Db } from '../store/database.js'
import type { Site, SiteRegistry } from '../store/site-registry.js'
import type { AvailabilityService } from './availability.types.js'
import { inChatOf, lookAtSite } from './look-at-site.js'
import { createPublishedAnswers, type PublishedAnswer, type PublishedAnswers } from './published-answers.js'
import { createRunningChats, type RunningChats } from './running-chats.js'
import { createSiteLooks } from './site-looks.js'

/** What availability works with. */
export interface AvailabilityOptions {
  readonly db: Db
  readonly clock: Clock
  readonly presence: Pick<Presence, 'leased' | 'isLive' | 'onChange'>
  readonly sites: Pick<SiteRegistry, 'get' | 'list' | 'onChange'>
  readonly doors: SiteDoors
  readonly durations: {
    /** Going down is published this late, so that several changes are one. */
    readonly downDelayMs: number
    /** A customer counts as load for this long after he was last seen. */
    readonly loadWindowMs: number
  }
  readonly onFault: (error: unknown) => void
}

/** Load also falls by mere time, when customers stay away; and a clock that is set, or a zone that gets other rules, is seen within this. */
const recheckMs = 30_000

/** Reads the last answers and goes on from them. */
export async function createAvailability(options: AvailabilityOptions): Promise<AvailabilityService> {
  const { db, clock, presence, sites, doors, durations, onFault } = options
  const chats = createRunningChats()
  const expectedWaits = createExpectedWaits(db)
  const answers = createPublishedAnswers({ db, clock, onFault })
  const { refresh, renew, close } = createSiteLooks({
    clock,
    answers,
    look: (site) => lookAtSite(site, { ...options, expectedWaits }, chats),
    downDelayMs: durations.downDelayMs,
    onFault
  })
  const settled = new Map(sites.list().map((site) => [site.id, choicesOf(site)]))
  let stopRecheck: () => void = () => {}

  function recheck(): void {
    stopRecheck()
    const now = clock.now()
    const changes = sites.list().flatMap((site) => partsOf(site).map((department) => doors(site.id, department).changesAt))
    const nextMs = Math.min(...changes.map((changesAt) => changesAt - now), recheckMs)
    stopRecheck = clock.setTimer(
      () => {
        for (const site of sites.list()) if (presence.leased(site.id).length > 0 || hasHours(site)) void refresh(site.id)
        recheck()
      },
      Math.max(nextMs, 1)
    )
  }

  function hasHours(site: Site): boolean {
    return partsOf(site).some((department) => doors(site.id, department).hasHours)
  }

  /** What an owner sets is published anew where the answer depends on it, whatever it comes to. */
  function takeSettings(id: string): void {
    const choices = choicesOf(sites.get(id))
    const before = settled.get(id)
    settled.set(id, choices)
    if (before === choices) return
    void (before === undefined ? refresh(id) : renew(id))
    recheck()
  }

  await restore(options, chats, answers)
  const stopPresence = presence.onChange((site) => void refresh(site))
  const stopCommits = db.onCommit((events) => {
    for (const site of chats.apply(events)) void refresh(site)
  })
  const stopSites = sites.onChange(takeSettings)
  for (const { id } of sites.list()) await refresh(id)
  recheck()

  return {
    get: answers.get,
    forVisitor: answers.forVisitor,
    onChange: answers.onChange,
    refresh,
    close: async () => {
      stopRecheck()
      stopPresence()
      stopCommits()
      stopSites()
      await close()
    }
  }
}

/** What of a site's settings an answer depends on. */
function choicesOf(site: Site | undefined): string {
  return JSON.stringify([site?.capacity, site?.settings.hours, site?.settings.departments])
}

/** What the run before has published, and the chats that ran then. */
async function restore({ db, presence, sites }: AvailabilityOptions, chats: RunningChats, answers: PublishedAnswers): Promise<void> {
  const last = await readAvailabilities(db.query)
  for (const site of sites.list()) {
    chats.load(site.id, await readRunningChats(site.id, db.query))
    const parts = partsOf(site)
    const known = last.filter((kept) => kept.site === site.id && parts.includes(kept.department))
    answers.restore(
      site.id,
      new Map(
        known.map(({ department, availability }): [string | null, PublishedAnswer] => {
          const { rev: _rev, ...answer } = availability
          return [department, { availability, view: { answer, inChat: inChatOf(department, { site, presence, chats }) } }]
        })
      )
    )
  }
}
