import type { ChatError } from '@porchlight/protocol'
import type { LogPosition, Message, Session, SessionEvent } from '../adapter.js'
import type { Log, PendingMessage } from '../connection.types.js'
import type { DeviceStorage, Env } from '../env/env.js'
import { livingEnv } from '../env/living-env.js'
import { createStore, writeTogether } from '../store.js'
import { createEntries } from './entries.js'
import { type CachedLog, createLogCache } from './log-cache.js'
import { idsOf } from './merge.js'
import type { Outbox } from './outbox.js'
import { localPrefix } from './outbox-state.js'
import { createReceipts, type Receipts } from './receipts.js'
import { createSender } from './sender.js'
import { createTyping } from './typing.js'

/** What a log works with. */
export interface LogOptions {
  readonly c: string
  readonly from: LogPosition | undefined
  readonly env: Env
  readonly outbox: Outbox
  readonly session: () => Session | null
  /** Where the newest entries are kept for the next page. Default: nowhere. */
  readonly cacheIn: DeviceStorage | undefined
  readonly report: (error: Error) => void
  /** The backend does not have this log, or not for this caller. */
  readonly onGone: () => void
  /** Something that other pages do not know yet. */
  readonly onNews: (event: SessionEvent) => void
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
  /** How far this user came, where no session was told yet. */
  readonly untold: Receipts['untold']
  /** Nothing is sent, asked or kept any more. */
  readonly stop: () => void
  /** What is kept of it on this device goes. */
  readonly erase: () => void
}

/** One log on this device. */
export function createLog(options: LogOptions): LogCore {
  const { c, from, outbox, cacheIn } = options
  const env = livingEnv(options.env)
  const isLocal = c.startsWith(localPrefix)
  const cache = cacheIn && !isLocal ? createLogCache(c, env, cacheIn) : undefined
  let isStopped = false
  const session = () => (isStopped ? null : options.session())
  const $messages = createStore<readonly Message[]>([])
  const $pending = createStore<readonly PendingMessage[]>([])
  const receipts = createReceipts(c, env, session)
  const typing = createTyping(c, env, session)
  let seen = session()
  let you = ''
  let read = 0
  /** Where this epoch of the log keeps own messages that this page has sent. */
  const places = new Map<string, number>()
  /** What this device held when the log started over, until it is offered; nothing overtakes it. */
  let lost: Promise<readonly Message[]> | undefined
  /** The session for which it was looked up what this device holds. */
  let checked: Session | null = null

  const have = () => entries.position()?.have ?? 0
  /** A visitor has one view: what failed in another of his logs would be seen nowhere. */
  const shownItems = () => outbox.all().filter((item) => item.c === c || (cacheIn && item.state === 'failed'))
  const showPending = () => {
    const items = shownItems()
    const shownIds = idsOf($messages.get())
    // What is stored below the first entry held stands in the older part of the log. What was offered to another epoch than the one held may be lost.
    const isThere = ({ id, epoch = entries.epoch() }: PendingMessage) =>
      epoch === entries.epoch() && (shownIds.has(id) || (places.get(id) ?? have() + 1) <= have())
    const arrived = items.filter(isThere)
    if (arrived.length > 0) {
      // What leaves the outbox is known to every tab of this device, or one of them would offer it too late.
      cache?.flush()
      void outbox.take(new Set(arrived.map(({ id }) => id)))
    }
    const next = items.filter((item) => !isThere(item) && !shownIds.has(item.id))
    const shown = $pending.get()
    if (next.length !== shown.length || next.some((item, index) => item !== shown[index])) $pending.set(next)
  }
  const show = (messages: readonly Message[]) => {
    cache?.save(cached)
    // In one step, or for a moment a message would stand in both, or in neither.
    writeTogether(() => {
      $messages.set(messages)
      showPending()
    })
    receipts.report(have(), read)
  }
  const cached = (): CachedLog => ({ epoch: entries.epoch() ?? '', messages: entries.messages(), read })
  const epochNow = () => session()?.conversations.find((known) => known.c === c)?.epoch ?? entries.epoch()
  /** A restored backend may have lost the end of the log: what this user wrote is offered again. Ids make that safe. */
  const offerLost = async () => {
    const you = session()?.you.id
    const mine = lost
    if (you === undefined || !mine) return
    const messages = await mine
    await outbox.offer(
      c,
      messages.filter((message) => message.k === 'text' && message.by.id === you),
      epochNow()
    )
    if (mine === lost) lost = undefined
    pump()
  }
  /** What another tab has read of an epoch that is over was written before anything that waits here. */
  const check = async () => {
    const now = session()
    const found = await cache?.load()
    if (!now || now !== session()) return
    if (found && !lost && found.epoch !== (epochNow() ?? found.epoch)) {
      lost = Promise.resolve(found.messages)
      void offerLost()
    }
    checked = now
    pump()
  }
  /** Another tab may hold what this one has not heard. */
  const withCached = async (held: readonly Message[]) => {
    const found = await cache?.load()
    const ids = idsOf(held)
    return found && found.epoch !== entries.epoch()
      ? held.concat(found.messages.filter(({ id }) => !ids.has(id))).sort((a, b) => a.order - b.order)
      : held
  }

  const entries = createEntries({
    c,
    from,
    env,
    session,
    show,
    onStartOver: (messages) => {
      lost = withCached(messages)
      places.clear()
      void offerLost()
      read = 0
      receipts.reset()
    },
    onFault: (error: ChatError) => {
      options.report(error)
      if (error.code === 'conversation_gone') options.onGone()
    }
  })
  const onStored = (message: Message, sent: PendingMessage) => {
    places.set(message.id, message.order)
    outbox.acknowledged(message.id)
    const offeredTo = outbox.items(c).find(({ id }) => id === message.id)?.epoch
    // Another tab may have offered it meanwhile to an epoch that this session does not know of.
    if (offeredTo !== undefined && offeredTo === sent.epoch && offeredTo !== epochNow()) void outbox.offer(c, [message], epochNow())
    const epoch = entries.epoch()
    if (epoch !== undefined) options.onNews({ type: 'message', message, epoch })
    entries.arrived(message)
    showPending()
  }
  const sender = createSender({ c, env, outbox, session: () => (lost || (cache && checked !== session()) ? null : session()), onStored })
  const pump = () => {
    if (!isLocal) sender.pump()
  }
  const stopListening = outbox.onChange(() => {
    showPending()
    pump()
  })

  const begin = async () => {
    // What an earlier page left comes first, so that only what is new is asked for.
    const found = await cache?.load()
    if (isStopped) return
    if (found) {
      read = found.read
      entries.restore(found.epoch, found.messages)
    }
    if (isLocal) return
    entries.begin()
    pump()
  }
  showPending()
  void check()

  return {
    c,
    $messages,
    $pending,
    $state: entries.$state,
    $receipts: receipts.$receipts,
    $typing: typing.$typing,
    $older: entries.$older,
    ready: begin(),
    position: entries.position,
    read: () => {
      // What another device of this user has seen is seen. A session says it before it counts, so it is looked up when it is asked for.
      you = session()?.you.id ?? you
      read = Math.max(read, receipts.$receipts.get()[you]?.read ?? 0)
      return read
    },
    publish: (k, body) => outbox.put(c, k, body),
    resend: (id) => void outbox.retry(id, c),
    discard: (id) => {
      if (shownItems().some((item) => item.id === id && item.state === 'failed')) void outbox.take(new Set([id]))
    },
    setTyping: typing.report,
    markRead: (order) => {
      if (order <= read) return
      read = order
      receipts.report(have(), read)
      cache?.save(cached)
      const by = session()?.you
      if (by) options.onNews({ type: 'receipt', c, by, delivered: read, read })
    },
    loadOlder: entries.loadOlder,
    restart: () => {
      // A log that was named while the session began is at work on it already.
      if (seen === session()) return
      seen = session()
      void offerLost()
      void check()
      entries.restart()
      if (!isLocal) sender.restart()
      receipts.restart()
    },
    arrived: (event) => {
      if (event.type === 'message') {
        typing.arrived(event.message.by, false, 0)
        entries.arrived(event.message, event.epoch)
      } else if (event.type === 'log') entries.stated(event.log)
      else if (event.type === 'receipt') receipts.arrived(event)
      else typing.arrived(event.by, event.on, event.ttlMs)
    },
    flush: () => cache?.flush(),
    untold: receipts.untold,
    erase: () => cache?.remove(),
    stop: () => {
      isStopped = true
      stopListening()
      env.end()
    }
  }
}
