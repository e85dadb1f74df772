import { type ChatError, toChatError } from '@porchlight/protocol'
import type { HistoryPage, HistoryQuery, LogPosition, LogState, Message, Session, SessionEvent } from '../adapter.js'
import type { Log, PendingMessage } from '../connection.types.js'
import type { Env } from '../env/env.js'
import { createStore, writeTogether } from '../store.js'
import { createFiller, firstPageMax, pageMax } from './gap.js'
import type { CachedLog, LogCache } from './log-cache.js'
import { emptyRun, haveOf, insert, type MergeRules, prepend, type Run, seed } from './merge.js'
import type { Outbox } from './outbox.js'
import { createReceipts } from './receipts.js'
import { createSender } from './sender.js'
import { createTyping } from './typing.js'

/** Logs that no backend knows yet have names with this in front; they wait in the outbox for a real one. */
export const localPrefix = '+'

/** What a log works with. */
export interface LogOptions {
  readonly c: string
  readonly from: LogPosition | undefined
  readonly env: Env
  readonly outbox: Outbox
  readonly session: () => Session | null
  readonly cache: LogCache | undefined
  readonly report: (error: Error) => void
  /** The backend does not have this log, or not for this caller. */
  readonly onGone: () => void
}

/** A {@link Log} and what its connection does with it. */
export interface LogCore extends Log {
  /** What to name when a session begins; undefined when nothing is held. */
  readonly position: () => LogPosition | undefined
  /** Highest order that this user has seen. */
  readonly read: () => number
  /** Settles when what an earlier page left is shown. */
  readonly ready: Promise<void>
  /** Another session, or none. */
  readonly restart: () => void
  readonly arrived: (event: Extract<SessionEvent, { readonly c: string } | { readonly type: 'message' | 'log' }>) => void
  readonly flush: () => void
  readonly stop: () => void
}

/** One log on this device. */
export function createLog(options: LogOptions): LogCore {
  const { c, env, outbox, session, cache } = options
  const isLocal = c.startsWith(localPrefix)
  const $messages = createStore<readonly Message[]>([])
  const $pending = createStore<readonly PendingMessage[]>([])
  const $state = createStore<LogState | null>(null)
  const $older = createStore({ hasMore: false, isLoading: false })
  const receipts = createReceipts(c, env, session)
  const typing = createTyping(c, env, session)
  let run: Run = { ...emptyRun, base: options.from?.have ?? 0 }
  let epoch = options.from?.epoch
  let seen = session()
  let hasBegun = false
  let isStopped = false
  let isSubscribed = false
  let isCaughtUp = false
  let read = 0
  /** What was held when the log started over. */
  let lost: readonly Message[] = []

  const rules = (): MergeRules => ({ isDense: session()?.order !== 'cursor', isCaughtUp })
  const have = () => haveOf(run)

  const showPending = () => {
    const isThere = new Set(run.messages.map(({ id }) => id))
    const items = outbox.items(c)
    const arrived = items.filter(({ id }) => isThere.has(id))
    if (arrived.length > 0) void outbox.take(new Set(arrived.map(({ id }) => id)))
    const next = items.filter(({ id }) => !isThere.has(id))
    const shown = $pending.get()
    if (next.length !== shown.length || next.some((item, index) => item !== shown[index])) $pending.set(next)
  }

  const show = (next: Run) => {
    if (next === run) return
    run = next
    if ($messages.get() === run.messages) return
    // In one step, or for a moment a message would stand in both, or in neither.
    writeTogether(() => {
      $messages.set(run.messages)
      showPending()
    })
    receipts.report(have(), read)
    cache?.save(cached)
  }
  const cached = (): CachedLog => ({ epoch: epoch ?? '', messages: run.messages, read })

  const adopt = (state: LogState) => {
    const isOther = epoch !== undefined && (state.reset === true || state.epoch !== epoch)
    if (isOther) startOver()
    epoch = state.epoch
    const { reset: _, ...rest } = state
    $state.set({ ...$state.get(), ...rest, head: isOther ? state.head : Math.max(state.head, $state.get()?.head ?? 0) })
    if (state.lastN !== undefined) void outbox.raise(c, state.lastN)
    return isOther
  }
  /** A restored backend may have lost the end of the log: what this user wrote is offered again. Ids make that safe. */
  const offerLost = () => {
    const you = session()?.you.id
    if (you === undefined || lost.length === 0) return
    const own = lost.filter((message) => message.k === 'text' && message.by.id === you)
    lost = []
    void outbox.offer(c, own)
  }
  const startOver = () => {
    lost = run.messages
    offerLost()
    read = 0
    receipts.reset()
    cache?.remove()
    run = emptyRun
    $messages.set([])
    $older.set({ hasMore: false, isLoading: false })
  }

  const position = (): LogPosition | undefined =>
    epoch === undefined || have() === 0 ? undefined : { c, epoch, have: have(), cursor: run.messages.at(-1)?.cursor ?? options.from?.cursor ?? '' }

  const missing = (): HistoryQuery | undefined => {
    if (isLocal || !hasBegun) return undefined
    const after = position()
    if (isSubscribed && (session()?.order === 'cursor' ? isCaughtUp : run.held.length === 0 && ($state.get()?.head ?? 0) <= have())) return undefined
    return { c, ...(after ? { after, limit: pageMax } : { limit: firstPageMax }), ...(isSubscribed ? {} : { subscribe: true }) }
  }

  const onPage = (page: HistoryPage, query: HistoryQuery): boolean => {
    const isFirst = !isSubscribed || page.messages.length > 0
    const isOther = adopt(page.log)
    if (query.subscribe) isSubscribed = true
    if (isOther && query.after) return true
    isCaughtUp ||= !query.after || !page.more
    if (!query.after) $older.set({ hasMore: page.more, isLoading: false })
    show(query.after ? insert(run, page.messages, rules()) : seed(run, page.messages, rules()))
    return isFirst
  }

  const onFault = (error: ChatError) => {
    options.report(error)
    if (error.code === 'conversation_gone') options.onGone()
  }
  const filler = createFiller({ env, session, missing, onPage, onFault })
  const sender = createSender({ c, env, outbox, session, onStored: (message) => onMessage(message) })

  const onMessage = (message: Message) => {
    // Of a log whose epoch is not known yet, the first page tells everything.
    if (epoch !== undefined) show(insert(run, [message], rules()))
    typing.arrived(message.by, false, 0)
    filler.fill()
  }

  const pump = () => {
    if (!isLocal) sender.pump()
  }
  const stopListening = outbox.onChange(() => {
    showPending()
    pump()
  })
  showPending()

  const begin = async () => {
    // What an earlier page left comes first, so that only what is new is asked for.
    const cached = await cache?.load()
    if (isStopped) return
    if (cached && cached.messages.length > 0 && epoch === undefined) {
      epoch = cached.epoch
      read = cached.read
      $older.set({ hasMore: (cached.messages[0]?.order ?? 1) > 1, isLoading: false })
      show({ ...emptyRun, messages: cached.messages })
    }
    hasBegun = true
    filler.fill()
    pump()
  }

  return {
    c,
    ready: begin(),
    $messages,
    $pending,
    $state,
    $receipts: receipts.$receipts,
    $typing: typing.$typing,
    $older,
    position,
    read: () => read,
    publish: (k, body) => outbox.put(c, k, body),
    resend: (id) => void outbox.retry(id, c),
    discard: (id) => {
      if (outbox.items(c).some((item) => item.id === id && item.state === 'failed')) void outbox.take(new Set([id]))
    },
    setTyping: typing.report,
    markRead: (order) => {
      if (order <= read) return
      read = order
      receipts.report(have(), read)
      cache?.save(cached)
    },
    loadOlder: async () => {
      const first = run.messages[0]
      const now = session()
      if (!first || !now || $older.get().isLoading || !$older.get().hasMore) return
      $older.set({ hasMore: true, isLoading: true })
      const result = await now
        .history({ c, before: { order: first.order, cursor: first.cursor }, limit: firstPageMax })
        .catch((error: unknown) => error)
      const isPage = typeof result === 'object' && result !== null && 'messages' in result
      const page = isPage ? (result as HistoryPage) : undefined
      if (page && now === session() && page.log.epoch === epoch) show(prepend(run, page.messages, rules().isDense))
      else if (!page) options.report(toChatError(result, 'network'))
      $older.set({ hasMore: page ? page.more : true, isLoading: false })
    },
    restart: () => {
      // A log that was named while the session began is at work on it already.
      if (seen === session()) return
      seen = session()
      isSubscribed = false
      isCaughtUp = false
      offerLost()
      filler.restart()
      if (!isLocal) sender.restart()
      receipts.restart()
    },
    arrived: (event) => {
      if (event.type === 'message') {
        epoch ??= event.epoch
        if (event.epoch !== epoch) return filler.fill()
        onMessage(event.message)
      } else if (event.type === 'log') {
        adopt(event.log)
        isSubscribed = true
        filler.fill()
      } else if (event.type === 'receipt') {
        receipts.arrived(event)
        // What another device of this user has seen is seen.
        if (event.by.id === session()?.you.id) read = Math.max(read, event.read)
      } else typing.arrived(event.by, event.on, event.ttlMs)
    },
    flush: () => cache?.flush(),
    stop: () => {
      isStopped = true
      stopListening()
      filler.stop()
      sender.stop()
      receipts.stop()
      typing.stop()
      cache?.flush()
    }
  }
}
