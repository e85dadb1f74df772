import type { ConversationRow, QueueFrame } from '@porchlight/protocol'
import type { Staff } from '../chat/chat-context.js'
import type { Clock } from '../clock.js'
import type { Db } from '../store/database.js'
import { readWaitingChats } from '../store/queue-store.js'
import type { StoredEvent } from '../store/stored-event.js'
import { estimateMs } from './estimate.js'
import { isNobodys, type Place, placesOf } from './lines.js'

/** What a customer is told of his place. */
export type Told = Omit<QueueFrame, 't'>

/** Lines of customers who wait for somebody with room. */
export interface Queue {
  /** A visitor's place; null when he stands in no line. */
  readonly placeOf: (site: string, visitorId: string) => Told | null
  /** A visitor came: whoever was away so long that he lost his place has it again. */
  readonly visitorCame: (site: string) => void
  /** Called with each change of a visitor's place; without a position he waits no more. Returns its stop. */
  readonly onChange: (listener: (site: string, visitorId: string, told: Told) => void) => () => void
  /** Stops timers, and resolves when what was given is on disk. */
  readonly close: () => Promise<void>
}

/** What a queue works with. */
export interface QueueOptions {
  readonly db: Db
  readonly clock: Clock
  readonly staff: (site: string) => Staff
  /** What can make room, or close the doors. Each returns its stop. */
  readonly triggers: readonly ((look: (site: string) => void) => () => void)[]
  readonly sites: { readonly list: () => readonly { readonly id: string }[] }
  /** How long a first answer mostly takes; undefined where too few are known. */
  readonly answerMs: (site: string, department: string | null) => Promise<number | undefined>
  readonly onFault: (error: unknown) => void
}

/** A site is looked at no more often than this: a customer hears of each place that he has for so long. */
const pauseMs = 1_000
/** While anybody stands in line, his site is looked at no more seldom: who stays away leaves it by mere time. */
const lookAgainMs = 30_000

interface Line {
  readonly places: ReadonlyMap<string, Told>
  readonly slots: ReadonlyMap<string, number>
}

/** Keeps lines and gives chats in their order. Those who waited when the server stopped wait on. */
export async function createQueue(options: QueueOptions): Promise<Queue> {
  const { db, clock, staff: staffOf, onFault } = options
  const lines = new Map<string, Line>()
  /** Chats that may wait, by site: where there are none, nothing is read. */
  const waiting = new Map<string, Set<string>>()
  const listeners = new Set<Parameters<Queue['onChange']>[0]>()
  const pauses = new Map<string, { isAsked: boolean; readonly stop: () => void }>()
  /** Stops of what looks again later, by site. */
  const rests = new Map<string, () => void>()
  let pending: Promise<unknown> = Promise.resolve()
  let isClosed = false

  /** Looks at once, and once more after the pause when something changed meanwhile. */
  function look(site: string): void {
    if (isClosed || ((waiting.get(site)?.size ?? 0) === 0 && !lines.has(site))) return
    const pause = pauses.get(site)
    if (pause) {
      pause.isAsked = true
      return
    }
    const stop = clock.setTimer(() => {
      const { isAsked } = pauses.get(site) ?? { isAsked: false }
      pauses.delete(site)
      if (isAsked) look(site)
      else if (lines.has(site)) lookLater(site)
    }, pauseMs)
    rests.get(site)?.()
    pauses.set(site, { isAsked: false, stop })
    pending = pending
      .then(() => (isClosed ? undefined : give(site)))
      .catch((error) => {
        onFault(error)
        // Nothing else may ever happen on this site.
        look(site)
      })
  }

  function lookLater(site: string): void {
    rests.set(
      site,
      clock.setTimer(() => look(site), lookAgainMs)
    )
  }

  async function give(site: string): Promise<void> {
    const read = async () => readWaitingChats(site, db.query, clock.now() - staffOf(site).loadWindowMs)
    const chats = await read()
    const staff = staffOf(site)
    const isAnybodys = chats.some((chat) => isNobodys(staff, chat))
    const given = isAnybodys ? await db.write('queue.give', { site, staff }, clock.now()) : []
    const places = placesOf(given.length > 0 ? await read() : chats, staffOf(site))
    const answers = new Map<string | null, number | undefined>()
    for (const department of new Set(places.map((place) => place.department))) answers.set(department, await options.answerMs(site, department))
    tell(site, places, answers)
  }

  function tell(site: string, places: readonly Place[], answers: ReadonlyMap<string | null, number | undefined>): void {
    const before = lines.get(site)
    // Whoever waits in several conversations is told of the one that has waited longest.
    const first = [...places].reverse()
    const next: Line = {
      places: new Map(first.map((place) => [place.visitor, toldOf(site, place, answers.get(place.department))])),
      slots: new Map(first.map(({ visitor, slots }) => [visitor, slots]))
    }
    if (places.length > 0) lines.set(site, next)
    else lines.delete(site)
    for (const [visitor, told] of next.places) if (JSON.stringify(told) !== JSON.stringify(before?.places.get(visitor))) announce(site, visitor, told)
    for (const [visitor, { c }] of before?.places ?? []) if (!next.places.has(visitor)) announce(site, visitor, { c })
  }

  function toldOf(site: string, { c, visitor, position, waitingSince, slots }: Place, answerMs: number | undefined): Told {
    const before = lines.get(site)
    const known = before?.places.get(visitor)
    const asked = estimateMs({ position, slots }, answerMs)
    // An estimate grows with a reason only: somebody who answers has gone.
    const isReason = slots < (before?.slots.get(visitor) ?? 0)
    const estimate = asked !== undefined && known?.estimate !== undefined && !isReason ? Math.min(asked, known.estimate) : asked
    return { c, position, since: waitingSince, ...(estimate === undefined ? {} : { estimate }) }
  }

  function announce(site: string, visitor: string, told: Told): void {
    for (const listener of listeners) listener(site, visitor, told)
  }

  function note(site: string, c: string, isWaiting: boolean): void {
    const chats = waiting.get(site) ?? new Set()
    waiting.set(site, chats)
    if (isWaiting) chats.add(c)
    else chats.delete(c)
  }

  function apply(events: readonly StoredEvent[]): void {
    for (const { site, k, data } of events) {
      if (k === 'conversation.changed') {
        const { c, chat, state, waitingSince } = data as unknown as ConversationRow
        note(site, c, chat && state === 'open' && waitingSince !== null)
        look(site)
      } else if (k === 'request.changed') look(site)
    }
  }

  const stops = [db.onCommit(apply), ...options.triggers.map((listen) => listen(look))]
  for (const { id } of options.sites.list()) {
    // Whoever is away now may come back.
    for (const { c } of await readWaitingChats(id, db.query, 0)) note(id, c, true)
    look(id)
  }

  return {
    placeOf: (site, visitorId) => lines.get(site)?.places.get(visitorId) ?? null,
    visitorCame: look,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      isClosed = true
      for (const stop of stops) stop()
      for (const stop of [...[...pauses.values()].map((pause) => pause.stop), ...rests.values()]) stop()
      await pending
    }
  }
}
