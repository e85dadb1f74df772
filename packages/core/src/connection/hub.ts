import type { Participant, SiteInfo } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Capabilities, LogPosition, LogState, QueuePlace, Session, SessionEvent } from '../adapter.js'
import type { ChatOptions, OutboxView } from '../chat.types.js'
import type { Connection, ConnectionOptions } from '../connection.types.js'
import { browserEnv } from '../env/browser-env.js'
import type { DeviceStorage, Env } from '../env/env.js'
import { inTime } from '../env/in-time.js'
import { createListeners } from '../env/listeners.js'
import { livingEnv } from '../env/living-env.js'
import { drainInTurn } from '../log/drain.js'
import { createLog, type LogCore } from '../log/log.js'
import { createOutbox, type Outbox } from '../log/outbox.js'
import { createStore } from '../store.js'
import { createAvailability } from './availability.js'
import { createKeeper } from './keeper.js'
import { createLeftovers } from './leftovers.js'
import { restWhileHidden } from './rest-while-hidden.js'
import { createTabs, type Word } from './tabs.js'
import { waitForSession } from './wait-for-session.js'
import { watchDurability } from './watch-durability.js'

/** How long a revocation may hold up a reset. */
const revokeMs = 2_000

/** A connection and what a view of it needs besides. */
export interface Hub extends Connection {
  readonly env: Env
  readonly storage: DeviceStorage
  readonly outbox: Outbox
  readonly $site: ReadableAtom<SiteInfo>
  /** Null while nobody says that this visitor waits. */
  readonly $place: ReadableAtom<QueuePlace | null>
  readonly session: () => Session | null
  /** Reads what earlier pages left. Nothing on the device is touched before. */
  readonly load: () => Promise<void>
  readonly log: (c: string, from?: LogPosition) => LogCore
  /** Something else than the outbox was written: how safe it is may have changed. */
  readonly checkDurability: () => void
  /** As in a connection. `unsent` reads what else is dropped: after the session has ended, and before anything is erased. */
  readonly reset: (unsent?: () => Promise<number>) => Promise<number>
  /** Resolves when an attempt is on its way. */
  readonly connect: () => Promise<void>
  /** Tells the other pages of this browser. */
  readonly tell: (word: Word) => void
  /** Another page of this browser told something. */
  readonly onWord: (callback: (word: Word) => void) => () => void
  /** Another session, or none. Returns its stop. */
  readonly onSession: (callback: (session: Session | null) => void) => () => void
  /** The backend does not have log `c`, or not for this caller. Returns its stop. */
  readonly onGone: (callback: (c: string) => void) => () => void
}

/** Options of {@link createHub}. */
export interface HubOptions extends ConnectionOptions, Pick<ChatOptions, 'department'> {
  /** Keep the newest entries of each log on this device. An operator's machine keeps none. */
  readonly keepsLogs: boolean
  /** Whether a page that nobody sees may let go of its connection now. Default: never, for an operator is there while his page is. */
  readonly mayRest?: () => boolean
}

/** One session kept alive, and any number of logs on it. */
export function createHub(options: HubOptions): Hub {
  const { adapter, locale, department } = options
  const env = livingEnv(options.env ?? browserEnv())
  const name = `porchlight:${adapter.scope}`
  const storage = env.storage(name)
  const report = (error: Error) => options.onError?.(error)
  const outbox = createOutbox(env, storage, (id) => tabs.tell({ handed: id }))
  const logs = new Map<string, LogCore>()
  const sessions = createListeners<Session | null>()
  const gone = createListeners<string>()
  const $capabilities = createStore<Capabilities | null>(null)
  const $site = createStore<SiteInfo>({})
  const $place = createStore<QueuePlace | null>(null)
  const $you = createStore<Participant | null>(null)
  const $conversations = createStore<readonly LogState[]>([])
  const $outbox = createStore<OutboxView>({ count: 0, isFull: false })
  const availability = createAvailability(env, report)
  let loading: Promise<void> | undefined
  /** Whose numbers the session counts. */
  let device: string | undefined

  const catchUp = async () => {
    const isApart = storage.durability() !== 'persistent'
    if (isApart) await storage.recover?.()
    if (isApart || keeper.session()) await outbox.reread()
  }
  const durability = watchDurability(env, storage, () => void catchUp())
  const checkOutbox = () => {
    durability.check()
    $outbox.set({ count: outbox.all().length, isFull: outbox.isFull() })
    // After another tab's reset this device is another one.
    if (keeper.session() && device !== outbox.device()) {
      keeper.rest()
      keeper.connect()
    }
  }
  const positions = () => [...logs.values()].map((log) => log.position()).filter((position) => position !== undefined)

  const onSession = (session: Session | null) => {
    if (session) {
      $capabilities.set(session.caps)
      $you.set(session.you)
      $conversations.set(session.conversations)
      void drainInTurn(env, outbox, `${name}:drain`)
    }
    // Without a session nobody knows how the line moves.
    else if ($place.get()) $place.set(null)
    availability.restart(session)
    sessions.call(session)
    for (const log of logs.values()) log.restart()
  }

  const onNews = (event: SessionEvent) => tabs.tell({ event, you: $you.get()?.id })
  const heard = createListeners<Word>()
  const tabs = createTabs(env, name, (word) => {
    const { handed, event, you } = word
    if (typeof handed === 'string') outbox.handedElsewhere(handed)
    // Whoever this page is, and nobody else of this browser.
    if ((event?.type === 'message' || event?.type === 'receipt') && you !== undefined && you === $you.get()?.id) onEvent(event)
    heard.call(word)
  })

  const onEvent = (event: SessionEvent) => {
    if (event.type === 'saved') storage.small.write('saved', event.saved ?? undefined)
    else if (event.type === 'availability') availability.arrived(event.availability)
    else if (event.type === 'capabilities') $capabilities.set(event.caps)
    else if (event.type === 'site') $site.set(event.site)
    else if (event.type === 'queue') $place.set(event.place)
    else if (event.type === 'message') logs.get(event.message.c)?.arrived(event)
    else if (event.type === 'log') logs.get(event.log.c)?.arrived(event)
    else if (event.type !== 'closed') logs.get(event.c)?.arrived(event)
  }

  const sendLeftovers = createLeftovers({ adapter, env, storage, outbox, logs })
  // Before the session is let go: it knows what was told.
  env.onHide((isLeaving) => {
    flush()
    sendLeftovers(isLeaving)
    if (isLeaving) outbox.doubt()
  })

  const keeper = createKeeper({
    adapter,
    env,
    onEvent,
    onSession,
    onFailed: report,
    onBadFrame: (error) => {
      report(error)
      const id = outbox.flights.blame()
      if (id !== undefined) void outbox.fail(id, error.code)
    },
    log: (level, message) => {
      if (level === 'warn') report(new Error(message))
    },
    context: () => {
      device = outbox.device()
      return { saved: storage.small.read('saved') ?? null, device, logs: positions(), locale, department, page: env.page()?.url }
    }
  })

  const load = () => {
    tabs.open()
    loading ??= outbox.load().then(checkOutbox)
    return loading
  }

  const log = (c: string, from?: LogPosition): LogCore => {
    const known = logs.get(c)
    if (known) return known
    const cacheIn = options.keepsLogs ? storage : undefined
    const made = createLog({ c, from, env, outbox, session: keeper.session, cacheIn, report, onNews, onGone: () => gone.call(c) })
    logs.set(c, made)
    return made
  }

  const flush = () => {
    for (const known of logs.values()) known.flush()
  }
  const disconnect = () => {
    keeper.disconnect()
    // Whoever waits for a session waits in vain.
    sessions.call(null)
  }
  const stop = () => {
    disconnect()
    for (const known of logs.values()) known.stop()
    logs.clear()
  }
  let isDestroyed = false

  const reset = async (unsent = async () => 0) => {
    // Left before it is revoked: nothing of this page may come back under it, and what is kept here goes without waiting for the answer.
    // Left before it is counted, too: what goes out was not dropped.
    stop()
    // What is being typed is counted last: whatever comes into the composer after that is the next visitor's.
    const dropped = (await outbox.count()) + (await unsent())
    const saved = storage.small.read('saved')
    const revoke = async () => adapter.revoke?.(saved)
    const revoked = saved && inTime(env, revoke(), revokeMs).catch(report)
    await storage.clear()
    outbox.forget()
    $conversations.set([])
    $you.set(null)
    loading = undefined
    await revoked
    return dropped
  }

  outbox.onChange(checkOutbox)
  if (options.mayRest) {
    const mayRest = () => options.mayRest?.() === true && keeper.isWanted() && outbox.all().every(({ state }) => state === 'failed')
    restWhileHidden({ env, lockName: `${name}:hidden`, mayRest, rest: keeper.rest, resume: keeper.connect })
  }
  env.onWake(() => void catchUp())
  sessions.add((session) => void (session && catchUp()))

  return {
    $connection: keeper.$connection,
    $capabilities,
    $site,
    $place,
    $availability: availability.$availability,
    $you,
    $conversations,
    $durability: durability.$durability,
    $outbox,
    env,
    storage,
    outbox,
    session: keeper.session,
    load,
    log,
    checkDurability: durability.check,
    forget: (c) => {
      const known = logs.get(c)
      known?.stop()
      known?.erase()
      logs.delete(c)
    },
    connect: async () => {
      await load()
      if (!isDestroyed) keeper.connect()
    },
    disconnect,
    withSession: async (action, waitMs) => action(await waitForSession({ env, session: keeper.session, onSession: sessions.add, waitMs })),
    tell: tabs.tell,
    onWord: heard.add,
    onSession: sessions.add,
    onGone: gone.add,
    countUnsent: outbox.count,
    reset,
    destroy: () => {
      isDestroyed = true
      flush()
      stop()
      env.end()
    }
  }
}
