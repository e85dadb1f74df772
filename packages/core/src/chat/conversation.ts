import { type Participant, toChatError, uuidv7 } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Session } from '../adapter.js'
import type { ChatOptions } from '../chat.types.js'
import { retryDelayMs } from '../connection/backoff.js'
import type { Hub } from '../connection/hub.js'
import type { LogCore } from '../log/log.js'
import { localPrefix } from '../log/outbox-state.js'
import { createStore } from '../store.js'

const key = 'chat'

/** What outlives the page about the chat itself. */
interface SavedChat {
  readonly c?: string
  /** Id under which the first conversation is opened: the same in every tab, so that all open the same one. */
  readonly openId?: string
  readonly you?: Participant
}

/** Which log the chat shows: none, one that only this device knows yet, or one of the backend's. */
export interface Conversation {
  readonly $log: ReadableAtom<LogCore | null>
  /** This visitor, as far as known. */
  readonly you: () => Participant
  readonly load: () => Promise<void>
  /** The log to write to; made on this device if there is none. */
  readonly toWrite: () => LogCore
  /** The backend put something of this visitor into log `c`: it is shown where there is no other. */
  readonly adopt: (c: string) => void
  readonly clear: () => void
}

/** The visitor's one conversation on `hub`. */
export function createConversation(hub: Hub, { locale, department }: Pick<ChatOptions, 'locale' | 'department'>): Conversation {
  const { env, outbox, storage } = hub
  const $log = createStore<LogCore | null>(null)
  let saved: SavedChat = {}
  /** Conversations that the backend does not have any more, or not for this visitor. */
  const gone = new Set<string>()
  /** Who is asked for a conversation now; an answer of an earlier session may never come. */
  let asked: Session | undefined
  let attempt = 0
  /** Unknown conversations whose texts are being taken up. */
  const taking = new Set<string>()

  const keep = (next: SavedChat) => {
    saved = next
    void storage.large.update(key, () => saved)
  }
  const onDevice = async () => ((await storage.large.read(key)) ?? {}) as SavedChat
  const isLocal = (log: LogCore | null): log is LogCore => log?.c.startsWith(localPrefix) === true

  const adopt = (c: string) => {
    const old = $log.get()
    if (old?.c === c) return
    $log.set(hub.log(c))
    keep({ ...saved, c })
    void outbox.gather(c)
    if (isLocal(old)) hub.forget(old.c)
  }

  const newLocal = () => hub.log(localPrefix + uuidv7(env.now(), env.random))

  /** What waits for a conversation that is gone goes into the next one; as another visitor, only what was never handed over. */
  const leave = (c: string, isOther = false) => {
    gone.add(c)
    if ($log.get()?.c !== c) return
    const next = newLocal()
    $log.set(next)
    keep(saved.you ? { you: saved.you } : {})
    void outbox.move(c, next.c, isOther)
    hub.forget(c)
    bind()
  }

  const open = async (session: Session, log: LogCore) => {
    asked = session
    try {
      const own = log.c.slice(localPrefix.length)
      const shared = await storage.large.update(key, (value) => ({ openId: own, ...saved, ...(value as SavedChat | undefined) }))
      const { c, openId = own } = shared as SavedChat
      const page = env.page()
      const name =
        c !== undefined && !gone.has(c) ? c : (await session.open?.({ id: openId, page: page?.url, title: page?.title, locale, department }))?.c
      // A request that was accepted meanwhile may have brought a conversation.
      if (name !== undefined && session === hub.session() && log === $log.get()) adopt(name)
      attempt = 0
    } catch (value) {
      const error = toChatError(value, 'network')
      if (error.retry === 'never') for (const { id } of outbox.items(log.c)) void outbox.fail(id, error.code)
      else if (session === hub.session()) {
        env.setTimer(bind, retryDelayMs(env, attempt++, error.afterMs))
      }
    }
    if (asked === session) asked = undefined
  }

  /** The log that another tab has begun on this device. */
  const leftHere = () => outbox.all().find(({ c }) => c.startsWith(localPrefix))?.c

  /** Texts stand in a conversation that neither this page nor its session knows. They were written earlier than what waits behind them. */
  const takeUp = async (c: string) => {
    if (taking.has(c)) return
    taking.add(c)
    outbox.flights.hold(true)
    const device = await onDevice()
    const log = $log.get()
    // Meanwhile they may have gone, with a reset say.
    const isLeft = outbox.items(c).length > 0
    if (isLeft && device.c !== c) {
      // This device has forgotten it, while another tab still wrote to it: nobody will ever say what became of them.
      const next = log ?? newLocal()
      $log.set(next)
      await outbox.move(c, next.c, true)
      // Another tab has begun it since.
    } else if (isLeft && (!log || isLocal(log))) adopt(c)
    await outbox.look(() => outbox.flights.hold(false))
    taking.delete(c)
  }

  const bind = () => {
    const session = hub.session()
    if (!session) return
    if (session.you.id !== saved.you?.id) {
      const isOther = saved.you !== undefined && saved.c !== undefined
      keep({ ...saved, you: session.you })
      if (isOther) return leave(saved.c as string, true)
    }
    for (const { c } of outbox.all()) {
      if (c === $log.get()?.c || c.startsWith(localPrefix)) continue
      // This visitor's, where a request began one beside the one on show, say: its texts go out there.
      if (session.conversations.some((known) => known.c === c)) hub.log(c)
      else void takeUp(c)
    }
    const left = leftHere()
    if (!$log.get() && left) $log.set(hub.log(left))
    const log = $log.get()
    if (log && !log.c.startsWith(localPrefix)) return left && void outbox.gather(log.c)
    const newest = session.conversations.find(({ c }) => !gone.has(c))
    if (newest) return adopt(newest.c)
    // In this log or in another tab's: all of them go into the one that is opened.
    const isWaiting = outbox.all().some(({ c, id, state }) => c.startsWith(localPrefix) && state === 'pending' && outbox.isKept(id))
    if (log && isWaiting && asked !== session) void open(session, log)
  }

  /** Another tab may have begun a conversation while this one was not looked at. */
  const look = async () => {
    const { c } = await onDevice()
    if (c !== undefined && !gone.has(c) && hub.session() && !$log.get()) adopt(c)
  }

  outbox.onChange(bind)
  hub.onSession(bind)
  hub.onGone(leave)
  env.onWake(() => {
    if (hub.session() && !$log.get()) void look()
  })
  return {
    $log,
    you: () => hub.$you.get() ?? saved.you ?? { role: 'visitor', id: '' },
    load: async () => {
      saved = await onDevice()
      const c = saved.c ?? leftHere()
      if (!c) return
      $log.set(hub.log(c))
      if (!c.startsWith(localPrefix)) void outbox.gather(c)
      await $log.get()?.ready
    },
    toWrite: () => {
      const log = $log.get() ?? newLocal()
      $log.set(log)
      return log
    },
    adopt: (c) => {
      if (!$log.get() || isLocal($log.get())) adopt(c)
    },
    clear: () => {
      saved = {}
      gone.clear()
      $log.set(null)
    }
  }
}
