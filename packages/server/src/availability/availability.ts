import type { Clock } from '../clock.js'
import type { SiteDoors } from '../hours/site-doors.js'
import type { Presence } from '../presence/presence.types.js'
import { readAvailabilities } from '../store/availability-store.js'
import { readRunningChats } from '../store/conversation-rows.js'
import { readLoads } from '../store/conversation-store.js'
import type { Db } from '../store/database.js'
import type { AvailabilityService } from './availability.types.js'
import { computeAnswer, type View } from './compute.js'
import { createPublishedAnswers, type PublishedAnswers } from './published-answers.js'
import { createRunningChats, type RunningChats } from './running-chats.js'
import { createSiteLooks } from './site-looks.js'

/** What availability works with. */
export interface AvailabilityOptions {
  readonly db: Db
  readonly clock: Clock
  readonly presence: Pick<Presence, 'leased' | 'isLive' | 'onChange'>
  readonly sites: {
    readonly list: () => readonly { readonly id: string; readonly capacity: number }[]
    readonly onChange: (listener: (id: string) => void) => () => void
  }
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
  const answers = createPublishedAnswers({ db, clock, onFault })
  const { refresh, close } = createSiteLooks({
    clock,
    answers,
    look: (site) => lookAt(site, options, chats),
    downDelayMs: durations.downDelayMs,
    onFault
  })
  let stopRecheck: () => void = () => {}

  function recheck(): void {
    stopRecheck()
    const now = clock.now()
    const nextMs = Math.min(...sites.list().map(({ id }) => doors(id).changesAt - now), recheckMs)
    stopRecheck = clock.setTimer(
      () => {
        for (const { id } of sites.list()) if (presence.leased(id).length > 0 || doors(id).hasHours) void refresh(id)
        recheck()
      },
      Math.max(nextMs, 1)
    )
  }

  await restore(options, chats, answers)
  const stopPresence = presence.onChange((site) => void refresh(site))
  const stopCommits = db.onCommit((events) => {
    for (const site of chats.apply(events)) void refresh(site)
  })
  const stopSites = sites.onChange((site) => {
    void refresh(site)
    recheck()
  })
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

/** What holds on a site now. */
async function lookAt(
  site: string,
  { db, clock, presence, sites, doors: doorsOf, durations }: AvailabilityOptions,
  chats: RunningChats
): Promise<View> {
  const loads = await readLoads(site, db.query, clock.now() - durations.loadWindowMs)
  const capacity = sites.list().find(({ id }) => id === site)?.capacity ?? 0
  // After the read: hours may have ended meanwhile.
  const { opening, doors } = doorsOf(site)
  const answer = computeAnswer({ operators: presence.leased(site), loads, capacity }, opening)
  return { answer, inChat: chats.visitorsOf(site, (operator) => doors !== 'closed' && presence.isLive(site, operator)) }
}

/** What the run before has published, and the chats that ran then. */
async function restore({ db, presence, sites }: AvailabilityOptions, chats: RunningChats, answers: PublishedAnswers): Promise<void> {
  const last = await readAvailabilities(db.query)
  for (const { id } of sites.list()) {
    chats.load(id, await readRunningChats(id, db.query))
    const availability = last.get(id)
    if (!availability) continue
    const { rev: _rev, ...answer } = availability
    const inChat = chats.visitorsOf(id, (operator) => presence.isLive(id, operator))
    answers.restore(id, { availability, view: { answer, inChat } })
  }
}
