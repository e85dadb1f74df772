import type { ConversationRow } from '@porchlight/protocol'
import type { Staff } from '../chat/chat-context.js'
import { staffFor } from '../chat/site-staff.js'
import type { Clock } from '../clock.js'
import { inactiveMs } from '../presence/absences.js'
import type { Presence } from '../presence/presence.types.js'
import type { Db } from '../store/database.js'
import type { SiteRegistry } from '../store/site-registry.js'
import type { StoredEvent } from '../store/stored-event.js'
import { type AssignedChat, readAssignedChats } from '../store/waiting-store.js'
import type { HandOver } from './hand-over.js'

/** What watching over chats works with. */
export interface HandoversOptions {
  readonly db: Db
  readonly clock: Clock
  /** Who is there now to take a site's chats. */
  readonly staff: (site: string) => Staff
  readonly presence: Pick<Presence, 'isIdle' | 'isLive' | 'lastInputMs' | 'noteInput' | 'onChange' | 'setAbsent'>
  readonly sites: Pick<SiteRegistry, 'list' | 'onChange'>
  readonly onFault: (error: unknown) => void
}

/** Watches over chats whose operator is gone or does not answer. */
export interface Handovers {
  /** An operator typed or sent something in a conversation, so he is there. */
  readonly noteInput: (operatorId: string, c: string) => void
  /** Stops timers, and resolves when what was decided is on disk. */
  readonly close: () => Promise<void>
}

/** The first text of a chat waits so long for an answer before a colleague who is free gets it … */
const unansweredMs = 90_000
/** … unless the answer is being typed … */
const typingMs = 30_000
/** … and while nobody is free, that is looked at again so often. */
const lookAgainMs = 10_000

interface Watch {
  readonly chat: Pick<AssignedChat, 'c' | 'operator'>
  readonly sinceMs: number
  stop: () => void
}

/** Hands chats over: at once when their operator is gone, and after a while when he does not answer. Chats of the run before are watched from now on. */
export async function createHandovers(options: HandoversOptions): Promise<Handovers> {
  const { db, clock, presence, sites, staff: staffOf, onFault } = options
  const watches = new Map<string, Watch>()
  const lastTyping = new Map<string, number>()
  const startedMs = clock.now()
  let pending: Promise<unknown> = Promise.resolve()
  let isClosed = false

  /** One at a time, so that no two of them count the same room. */
  function queue(work: () => Promise<unknown>): void {
    if (!isClosed) pending = pending.then(() => (isClosed ? undefined : work())).catch(onFault)
  }

  async function handOver(site: string, isMeant: (chat: AssignedChat) => boolean, otherwise: HandOver['otherwise']): Promise<readonly string[]> {
    const { doors, departments, loadWindowMs } = staffOf(site)
    if ([doors, ...Object.values(departments).map((department) => department.doors)].every((each) => each === 'closed')) return []
    const assigned = (await readAssignedChats(site, db.query, clock.now() - loadWindowMs)).filter(isMeant)
    // Long after hours nobody expects an answer.
    const chats = assigned.filter((chat) => staffFor(staffOf(site), chat).doors !== 'closed')
    // Mostly there are none, and a look is no commit.
    if (chats.length === 0) return []
    const staff = staffOf(site)
    return db.write('chat.handOver', { site, chats, staff, otherwise }, clock.now())
  }

  const neverMs = Number.NEGATIVE_INFINITY

  /** Chats of those who are gone wait for a colleague; those of an empty chair are nobody's, for its console still says that it is there. */
  async function leaveNobodyBehind(site: string): Promise<void> {
    await handOver(site, ({ operator }) => !presence.isLive(site, operator), 'stay')
    const isEmpty = (operator: string): boolean => presence.isLive(site, operator) && presence.isIdle(operator)
    if (staffOf(site).operators.some(({ id }) => isEmpty(id))) await handOver(site, ({ operator }) => isEmpty(operator), 'queue')
  }

  function unwatch(c: string): void {
    watches.get(c)?.stop()
    watches.delete(c)
    lastTyping.delete(c)
  }

  function watch(site: string, chat: Watch['chat']): void {
    const known = watches.get(chat.c)
    // Further texts do not begin the wait anew; another operator has his own.
    if (known?.chat.operator === chat.operator) return
    unwatch(chat.c)
    const entry: Watch = { chat, sinceMs: clock.now(), stop: () => {} }
    watches.set(chat.c, entry)
    lookIn(site, entry, unansweredMs)
  }

  function lookIn(site: string, entry: Watch, delayMs: number): void {
    entry.stop = clock.setTimer(() => {
      queue(() => passOn(site, entry))
      lookIn(site, entry, lookAgainMs)
    }, delayMs)
  }

  async function passOn(site: string, { chat, sinceMs }: Pick<Watch, 'chat' | 'sinceMs'>): Promise<void> {
    const quietSinceMs = Math.max(presence.lastInputMs(chat.operator) ?? startedMs, sinceMs)
    const isInactive = clock.now() - quietSinceMs >= inactiveMs
    if (clock.now() - (lastTyping.get(chat.c) ?? neverMs) < typingMs) return
    const isMeant = ({ c, operator, waitingSince, isAnswered }: AssignedChat): boolean =>
      c === chat.c && operator === chat.operator && waitingSince !== null && (isInactive || !isAnswered)
    const taken = await handOver(site, isMeant, isInactive ? 'queue' : 'stay')
    if (taken.length > 0) presence.setAbsent(chat.operator, isInactive ? 'idle' : 'unanswered')
  }

  function apply(events: readonly StoredEvent[]): void {
    for (const { site, k, data } of events) {
      if (k !== 'conversation.changed') continue
      const { c, chat, state, assignee, waitingSince } = data as unknown as ConversationRow
      const isWaiting = chat && state === 'open' && assignee !== null && waitingSince !== null
      if (isWaiting) watch(site, { c, operator: assignee.id })
      else unwatch(c)
    }
  }

  const stopCommits = db.onCommit(apply)
  const stopPresence = presence.onChange((site) => queue(() => leaveNobodyBehind(site)))
  // Who has room now, or answers in another department, may take what waits.
  const stopSites = sites.onChange((site) => queue(() => leaveNobodyBehind(site)))
  for (const { id } of sites.list()) {
    for (const chat of await readAssignedChats(id, db.query, clock.now() - staffOf(id).loadWindowMs)) if (chat.waitingSince !== null) watch(id, chat)
  }

  return {
    noteInput: (id, c) => {
      if (watches.has(c)) lastTyping.set(c, clock.now())
      presence.noteInput(id, 'word')
    },
    close: async () => {
      isClosed = true
      stopCommits()
      stopPresence()
      stopSites()
      for (const { stop } of watches.values()) stop()
      await pending
    }
  }
}
