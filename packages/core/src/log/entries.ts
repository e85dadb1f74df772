import { type ChatError, toChatError } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { HistoryPage, HistoryQuery, LogPosition, LogState, Message, Session } from '../adapter.js'
import type { Env } from '../env/env.js'
import { createStore } from '../store.js'
import { createFiller, firstPageMax, pageMax } from './gap.js'
import { emptyRun, haveOf, insert, type MergeRules, prepend, type Run, seed } from './merge.js'

/** What entries are read with. */
export interface EntriesOptions {
  readonly c: string
  readonly from: LogPosition | undefined
  readonly env: Env
  readonly session: () => Session | null
  /** Writes what is held into the stores that show it. */
  readonly show: (messages: readonly Message[]) => void
  /** The backend has another log under this name: what was held is gone. */
  readonly onStartOver: (lost: readonly Message[]) => void
  readonly onFault: (error: ChatError) => void
}

/** The stored part of one log: a contiguous run of it, and the way to what is missing. */
export interface Entries {
  readonly $state: ReadableAtom<LogState | null>
  readonly $older: ReadableAtom<{ readonly hasMore: boolean; readonly isLoading: boolean }>
  readonly messages: () => readonly Message[]
  readonly epoch: () => string | undefined
  /** What to name when a session begins; undefined when nothing is held. */
  readonly position: () => LogPosition | undefined
  /** Shows what an earlier page left. */
  readonly restore: (epoch: string, messages: readonly Message[]) => void
  /** From now on the log is read. */
  readonly begin: () => void
  readonly restart: () => void
  /** The backend's word on a log that it follows for us. */
  readonly stated: (state: LogState) => void
  /** An entry arrived; `epoch` is unknown for one that only an answer to a send told. */
  readonly arrived: (message: Message, epoch?: string) => void
  readonly loadOlder: () => Promise<void>
}

/** Entries of which nothing is held yet but what `from` says. */
export function createEntries(options: EntriesOptions): Entries {
  const { c, from, env, session } = options
  const $state = createStore<LogState | null>(null)
  const $older = createStore({ hasMore: false, isLoading: false })
  let run: Run = { ...emptyRun, base: from?.have ?? 0 }
  let epoch = from?.epoch
  let hasBegun = false
  let isSubscribed = false
  let isCaughtUp = false

  const isDense = () => session()?.order !== 'cursor'
  const rules = (): MergeRules => ({ isDense: isDense(), isCaughtUp })

  const hold = (next: Run) => {
    const isShown = next.messages === run.messages
    run = next
    if (!isShown) options.show(run.messages)
  }

  /** Takes the backend's word on the log; whether it is another log than the one held. */
  const adopt = (state: LogState): boolean => {
    const isOther = epoch !== undefined && (state.reset === true || state.epoch !== epoch)
    if (isOther) {
      const lost = run.messages
      $older.set({ hasMore: false, isLoading: false })
      hold(emptyRun)
      options.onStartOver(lost)
    }
    epoch = state.epoch
    // A reset is told once.
    const { reset: _, ...before } = $state.get() ?? state
    $state.set({ ...before, ...state, head: isOther ? state.head : Math.max(state.head, before.head) })
    return isOther
  }

  const position = (): LogPosition | undefined =>
    epoch === undefined || haveOf(run) === 0 ? undefined : { c, epoch, have: haveOf(run), cursor: run.messages.at(-1)?.cursor ?? from?.cursor ?? '' }

  const isWhole = () => (isDense() ? run.held.length === 0 && ($state.get()?.head ?? 0) <= haveOf(run) : isCaughtUp)
  const missing = (): HistoryQuery | undefined => {
    if (!hasBegun || (isSubscribed && isWhole())) return undefined
    const after = position()
    return { c, ...(after ? { after, limit: pageMax } : { limit: firstPageMax }), ...(isSubscribed ? {} : { subscribe: true }) }
  }

  const onPage = (page: HistoryPage, { after, subscribe }: HistoryQuery): boolean => {
    const isProgress = !isSubscribed || page.messages.length > 0
    if (subscribe) isSubscribed = true
    // Asked of an epoch that is over here: that the log is another one is known since.
    if (after && after.epoch !== epoch) return true
    if (adopt(page.log) && after) return true
    isCaughtUp ||= !after || !page.more
    if (!after) $older.set({ hasMore: page.more, isLoading: false })
    hold(after ? insert(run, page.messages, rules()) : seed(run, page.messages, rules()))
    return isProgress
  }
  const filler = createFiller({ env, session, missing, onPage, onFault: options.onFault })

  return {
    $state,
    $older,
    messages: () => run.messages,
    epoch: () => epoch,
    position,
    restore: (known, messages) => {
      if (epoch !== undefined || messages.length === 0) return
      epoch = known
      $older.set({ hasMore: (messages[0]?.order ?? 1) > 1, isLoading: false })
      hold({ ...emptyRun, messages })
    },
    begin: () => {
      hasBegun = true
      filler.fill()
    },
    restart: () => {
      isSubscribed = false
      isCaughtUp = false
      filler.restart()
    },
    stated: (state) => {
      adopt(state)
      isSubscribed = true
      filler.fill()
    },
    arrived: (message, known) => {
      epoch ??= known
      // Of a log whose epoch is not known, or is another one, the next page tells everything.
      if (epoch !== undefined && (known ?? epoch) === epoch) hold(insert(run, [message], rules()))
      filler.fill()
    },
    loadOlder: async () => {
      const [first] = run.messages
      const now = session()
      if (!first || !now || $older.get().isLoading || !$older.get().hasMore) return
      $older.set({ hasMore: true, isLoading: true })
      const before = { order: first.order, cursor: first.cursor }
      const result = await now.history({ c, before, limit: firstPageMax }).catch((error: unknown) => toChatError(error, 'network'))
      let { hasMore } = $older.get()
      // What another session, or another epoch, was asked is of no use any more.
      if (now === session()) {
        if (!('messages' in result)) options.onFault(result)
        else if (result.log.epoch === epoch) {
          hold(prepend(run, result.messages, isDense()))
          hasMore = result.more
        }
      }
      $older.set({ hasMore, isLoading: false })
    }
  }
}
