import type { Connection, Message } from '@porchlight/core'
import type { AnswerTargets, ChangeConversationBody, InboxSnapshot, RequestState } from '@porchlight/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import { applyInboxEvent, emptyInbox, type InboxRows, indexRows } from '../inbox/apply-inbox-event.js'
import type { OwnReads } from '../inbox/unread.js'
import type { OpenedThing } from './address.js'
import type { Api } from './api.js'
import { createRowLookup } from './look-up-row.js'
import { readInbox } from './read-rows.js'

/** Both lists of a site, kept up to date. */
export interface Inbox {
  readonly $rows: ReadableAtom<InboxRows>
  /** `failed`: not read yet, and trying again by itself. */
  readonly $state: ReadableAtom<'loading' | 'ready' | 'failed'>
  readonly $reads: ReadableAtom<OwnReads>
  /** How soon the site means to answer, as the lists were read; nothing is late until then. */
  readonly $targets: ReadableAtom<AnswerTargets>
  /** Where a conversation can be moved to, as the lists were read. */
  readonly $departments: ReadableAtom<InboxSnapshot['departments']>
  /** This operator has seen a log up to `order`. */
  readonly noteRead: (c: string, order: number) => void
  readonly setConversationState: (c: string, state: 'open' | 'closed') => Promise<void>
  /** Gives a conversation to somebody, or moves it to a department. */
  readonly transfer: (c: string, to: Pick<ChangeConversationBody, 'assignee' | 'department'>) => Promise<void>
  readonly setRequestState: (id: string, state: RequestState) => Promise<void>
  /** Takes in a row that may be too old for the lists. False: the site has none. Rejects with a ChatError while the server cannot be asked. */
  readonly lookUp: (thing: OpenedThing) => Promise<boolean>
  /** Whether a row is here because somebody looked it up, so that it is no news. */
  readonly wasLookedUp: (id: string) => boolean
  readonly stop: () => void
}

/** What {@link createInbox} works with. */
export interface InboxOptions {
  readonly site: string
  readonly api: Api
  readonly connection: Connection
}

/** Pause before reading the lists again after a failure. */
const retryMs = 3_000
/** Entries of the inbox log that are kept in memory before the log is taken up anew from its end: a shift lasts hours. */
const keptMax = 2_000

/**
 * Reads both lists in one snapshot and follows the inbox log from the snapshot's head on, so that nothing is missed and nothing is counted
 * twice. A log that was restored from a backup, or that jumps, is read again from the start.
 */
export function createInbox({ site, api, connection }: InboxOptions): Inbox {
  const name = `inbox:${site}`
  const path = `/api/sites/${encodeURIComponent(site)}`
  const $rows = atom<InboxRows>(emptyInbox)
  const $state = atom<'loading' | 'ready' | 'failed'>('loading')
  const $reads = atom<OwnReads>({})
  const $targets = atom<AnswerTargets>({ firstAnswerTargetMs: Number.POSITIVE_INFINITY, requestTargetMs: Number.POSITIVE_INFINITY })
  const $departments = atom<InboxSnapshot['departments']>([])
  let epoch = ''
  let applied = 0
  let stopFollowing: (() => void) | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let loading: object | null = null
  const lookup = createRowLookup({ path, api, $rows })

  const load = async (): Promise<void> => {
    const turn = {}
    loading = turn
    clearTimeout(retry)
    letGo()
    try {
      const snapshot = await api.get(`${path}/inbox`, readInbox)
      if (loading !== turn) return
      // In a log that was restored, another entry has the number of one that was read here.
      if (epoch !== '' && epoch !== snapshot.epoch) $reads.set({})
      epoch = snapshot.epoch
      applied = snapshot.head
      $targets.set(snapshot.targets)
      $departments.set(snapshot.departments)
      $rows.set(indexRows(snapshot))
      lookup.again()
      $state.set('ready')
      follow()
    } catch {
      if (loading !== turn) return
      if ($state.get() === 'loading') $state.set('failed')
      retry = setTimeout(load, retryMs)
    }
  }

  const follow = (): void => {
    letGo()
    const log = connection.log(name, { c: name, epoch, have: applied })
    const stops = [
      log.$messages.subscribe(apply),
      log.$state.subscribe((state) => {
        if (state && (state.epoch !== epoch || state.reset)) void load()
      })
    ]
    stopFollowing = () => {
      for (const stop of stops) stop()
      connection.forget(name)
    }
  }

  const letGo = (): void => {
    stopFollowing?.()
    stopFollowing = undefined
  }

  const apply = (messages: readonly Message[]): void => {
    const fresh = messages.filter(({ order }) => order > applied)
    const [first] = fresh
    if (!first) return
    if (first.order > applied + 1) return void load()
    $rows.set(fresh.reduce((rows, { k, body }) => applyInboxEvent(rows, k, body), $rows.get()))
    applied = fresh.at(-1)?.order ?? applied
    if (messages.length > keptMax) queueMicrotask(follow)
  }

  const changeConversation = (c: string, body: ChangeConversationBody): Promise<void> =>
    api.send({ method: 'PATCH', path: `${path}/conversations/${encodeURIComponent(c)}`, body })

  void load()
  return {
    $rows,
    $state,
    $reads,
    $targets,
    $departments,
    noteRead: (c, order) => {
      if (order > ($reads.get()[c] ?? 0)) $reads.set({ ...$reads.get(), [c]: order })
    },
    setConversationState: (c, state) => changeConversation(c, { state }),
    transfer: changeConversation,
    setRequestState: (id, state) => api.send({ method: 'PATCH', path: `${path}/requests/${encodeURIComponent(id)}`, body: { state } }),
    lookUp: lookup.find,
    wasLookedUp: lookup.hasAsked,
    stop: () => {
      loading = null
      clearTimeout(retry)
      letGo()
    }
  }
}
