import type { Clock } from '../clock.js'
import type { Presence } from '../presence/presence.types.js'
import { keepAvailability, readAvailabilities } from '../store/availability-store.js'
import { readRunningChats } from '../store/conversation-rows.js'
import { readLoads } from '../store/conversation-store.js'
import type { Db } from '../store/database.js'
import type { AvailabilityService, KnownAvailability } from './availability.types.js'
import { computeAnswer, isGoingDown, isSameView, type View } from './compute.js'
import { createRunningChats } from './running-chats.js'

/** What availability works with. */
export interface AvailabilityOptions {
  readonly db: Db
  readonly clock: Clock
  readonly presence: Pick<Presence, 'leased' | 'isLive' | 'onChange'>
  readonly sites: { readonly list: () => readonly { readonly id: string; readonly capacity: number }[] }
  readonly durations: {
    /** Going down is published this late, so that several changes are one. */
    readonly downDelayMs: number
    /** A customer counts as load for this long after he was last seen. */
    readonly loadWindowMs: number
  }
  readonly onFault: (error: unknown) => void
}

/** Load also falls by mere time, when customers stay away. */
const recheckMs = 30_000

/** The published answer of one site and what stands behind it. */
interface Published {
  readonly availability: KnownAvailability
  readonly view: View
}

const nobody: Published = {
  availability: { rev: 0, state: 'offline', reason: 'no_agents' },
  view: { answer: { state: 'offline', reason: 'no_agents' }, inChat: new Set() }
}

/** Reads the last answers and goes on from them. */
export async function createAvailability({ db, clock, presence, sites, durations, onFault }: AvailabilityOptions): Promise<AvailabilityService> {
  const chats = createRunningChats()
  const listeners = new Set<(site: string) => void>()
  const published = new Map<string, Published>()
  const running = new Map<string, Promise<void>>()
  const downTimers = new Map<string, () => void>()
  let stopRecheck: () => void = () => {}
  let isClosed = false

  const publishedOf = (site: string): Published => published.get(site) ?? nobody

  async function look(site: string): Promise<View> {
    const loads = await readLoads(site, db.query, clock.now() - durations.loadWindowMs)
    const capacity = sites.list().find(({ id }) => id === site)?.capacity ?? 0
    const answer = computeAnswer({ operators: presence.leased(site), loads, capacity })
    return { answer, inChat: chats.visitorsOf(site, (operator) => presence.isLive(site, operator)) }
  }

  async function publish(site: string, view: View): Promise<void> {
    const availability = { ...view.answer, rev: publishedOf(site).availability.rev + 1 }
    await db.write((tx, report) => keepAvailability(site, { tx, report, epoch: db.epoch, now: clock.now() }, availability)).catch(onFault)
    published.set(site, { availability, view })
    for (const listener of listeners) listener(site)
  }

  async function settle(site: string, isDownDue: boolean): Promise<void> {
    const next = await look(site)
    const { view } = publishedOf(site)
    const isSame = isSameView(view, next)
    if (!isSame && !isDownDue && isGoingDown(view, next)) return waitForDown(site)
    downTimers.get(site)?.()
    downTimers.delete(site)
    if (!isSame) await publish(site, next)
  }

  /** The first thing that goes down sets the time; what comes before it is published with it. */
  function waitForDown(site: string): void {
    if (downTimers.has(site) || isClosed) return
    const stop = clock.setTimer(() => {
      downTimers.delete(site)
      void refresh(site, true)
    }, durations.downDelayMs)
    downTimers.set(site, stop)
  }

  /** One look at a time for each site, in the order of their causes. */
  function refresh(site: string, isDownDue = false): Promise<void> {
    if (isClosed) return Promise.resolve()
    const next = (running.get(site) ?? Promise.resolve()).then(() => settle(site, isDownDue)).catch(onFault)
    running.set(site, next)
    return next
  }

  function recheck(): void {
    stopRecheck = clock.setTimer(() => {
      for (const { id } of sites.list()) if (presence.leased(id).length > 0) void refresh(id)
      recheck()
    }, recheckMs)
  }

  const last = await readAvailabilities(db.query)
  for (const { id } of sites.list()) {
    chats.load(id, await readRunningChats(id, db.query))
    const availability = last.get(id)
    if (!availability) continue
    const { rev: _rev, ...answer } = availability
    published.set(id, { availability, view: { answer, inChat: chats.visitorsOf(id, (operator) => presence.isLive(id, operator)) } })
  }
  const stopPresence = presence.onChange((site) => void refresh(site))
  const stopCommits = db.onCommit((events) => {
    for (const site of chats.apply(events)) void refresh(site)
  })
  for (const { id } of sites.list()) await refresh(id)
  recheck()

  return {
    get: (site) => publishedOf(site).availability,
    forVisitor: (site, visitorId) => {
      const { availability, view } = publishedOf(site)
      if (availability.state === 'online' || !view.inChat.has(visitorId)) return availability
      return { rev: availability.rev, state: 'online', reason: 'available' }
    },
    refresh: (site) => refresh(site),
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      isClosed = true
      stopRecheck()
      stopPresence()
      stopCommits()
      for (const stop of downTimers.values()) stop()
      await Promise.all(running.values())
    }
  }
}
