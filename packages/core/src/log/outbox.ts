import { ChatError, type ErrorCode, randomText, uuidv7 } from '@porchlight/protocol'
import type { Message } from '../adapter.js'
import type { PendingMessage } from '../connection.types.js'
import type { DeviceStorage, Env } from '../env/env.js'
import { createListeners } from '../env/listeners.js'
import { createFlights, type Flights } from './flights.js'
import * as states from './outbox-state.js'

const largeKey = 'outbox'
const tabKey = 'sent'
/** Where storage keeps the outbox while it may not keep it on the device. */
const apartKey = `large/${largeKey}`

/** The unsent events of this device. Every change is seen at once and kept a moment later; nothing goes out before it is kept. */
export interface Outbox {
  /** Reads what earlier pages left. Call it once, before anything else. */
  readonly load: () => Promise<void>
  /** Reads what other tabs have written or left meanwhile. */
  readonly reread: () => Promise<void>
  /** A session said that the backend has stored the item. */
  readonly acknowledged: (id: string) => void
  /** How many items wait on this device and are not acknowledged, whether they were loaded or not. Writes nothing. */
  readonly count: () => Promise<number>
  /** As before `load`. What is stored is not touched. */
  readonly forget: () => void
  readonly device: () => string
  /** All items, in the order of writing. */
  readonly all: () => readonly PendingMessage[]
  readonly items: (c: string) => readonly PendingMessage[]
  readonly isFull: () => boolean
  /**
   * Whether the item would survive the end of this page as it is, place and number. Until then its number is a guess: another tab may have
   * given it to something else.
   */
  readonly isKept: (id: string) => boolean
  /** Whether this page put the item and has not handed it to a session: then no backend can have it. */
  readonly isFresh: (id: string) => boolean
  readonly handOver: (id: string) => void
  /** Another page hands the item to a session: a backend may have it, although this page put it. */
  readonly handedElsewhere: (id: string) => void
  /** What other pages did could not be heard for a while: a backend may have any item. */
  readonly doubt: () => void
  /** Reads what other pages have left of it; `ready` runs just before that counts. */
  readonly look: (ready: () => void) => Promise<void>
  readonly flights: Flights
  /**
   * Keeps an event and resolves to its id.
   *
   * @throws {ChatError} At once: `busy` when 200 items or 1 MiB wait.
   */
  readonly put: (c: string, k: string, body: PendingMessage['body']) => Promise<string>
  /** Puts messages of this user back, before all that waits, whose storing a backend may have forgotten that came back under `epoch`. */
  readonly offer: (c: string, messages: readonly Message[], epoch: string | undefined) => Promise<void>
  readonly take: (ids: ReadonlySet<string>) => Promise<void>
  /** The item was refused for good; with `c`, only in that log. */
  readonly fail: (id: string, failure: ErrorCode, c?: string) => Promise<void>
  readonly retry: (id: string, c: string) => Promise<void>
  /** Moves what waits in logs that no backend knows to this one. */
  readonly gather: (to: string) => Promise<void>
  /** Moves what waits in one log to another. Where that is another user's, what was handed over before waits for this user's word. */
  readonly move: (from: string, to: string, isOtherUser?: boolean) => Promise<void>
  readonly renumber: (c: string, expectN: number) => Promise<void>
  /** Called after every change. Returns its stop. */
  readonly onChange: (callback: () => void) => () => void
}

type Step = (state: states.OutboxState) => states.OutboxState

/** An outbox in `storage`. Items that another page put are named to `onStray` before they are handed to a session here. */
export function createOutbox(env: Env, storage: DeviceStorage, onStray: (id: string) => void = () => undefined): Outbox {
  const empty = () => states.emptyOutbox(randomText(16, env.random))
  let kept = empty()
  /** Changes on their way into large storage, in order. */
  let steps: readonly Step[] = []
  /** What is kept, and what is on its way. */
  let state = kept
  /** The device that this page is where it does not share its outbox. */
  let apart: string | undefined
  const fresh = new Set<string>()
  const stored = new Set<string>()
  const changed = createListeners<void>()
  const found = (now: states.OutboxState, id: string) => now.items.find((item) => item.id === id)

  const refresh = () => {
    state = steps.reduce((now, step) => step(now), kept)
    // The synchronous copy: a page that dies within milliseconds leaves it to the next one in this tab.
    const arriving = state.items.filter(({ id }) => !found(kept, id))
    storage.tab.write(tabKey, arriving.length > 0 ? arriving : undefined)
    changed.call()
  }

  /** Where the device has no room, other tabs see nothing of what is kept, and would use its numbers, too. */
  const own: Step = (now) => {
    if (storage.durability() === 'persistent' || now.device === apart) return now
    apart = randomText(16, env.random)
    return states.detach(now, apart)
  }

  /** Of what other tabs may have written without this one's knowledge, only the storage can tell whether a step changes anything. */
  const change = async (step: Step, concernsOthers = false) => {
    if (!concernsOthers && step(state) === state) return
    steps = [...steps, step]
    // Begun before anybody hears of it: what listeners change in answer must be kept after it.
    const keeping = storage.large.update(largeKey, (value) => own(step(states.parseOutbox(value) ?? kept)))
    refresh()
    kept = (await keeping) as states.OutboxState
    steps = steps.filter((known) => known !== step)
    refresh()
  }

  /** What pages of this tab have left: one that died in the moment of writing, and one that found no room on the device. */
  const left = (): readonly PendingMessage[] => {
    const value = storage.tab.read(tabKey)
    const apart = states.parseOutbox(storage.tab.read(apartKey))?.items ?? []
    return Array.isArray(value) ? [...apart, ...value] : apart
  }

  return {
    load: async () => {
      const added = left()
      kept = (await storage.large.update(largeKey, (value) => states.parseOutbox(value) ?? kept)) as states.OutboxState
      if (storage.durability() !== 'persistent') apart = kept.device
      refresh()
      // Also where the device cannot be read now: once it can, they belong to what is there.
      await change((now) => states.takeUp(now, added), added.length > 0)
      if (storage.durability() === 'persistent') storage.tab.write(apartKey, undefined)
    },
    reread: async () => {
      kept = states.parseOutbox(await storage.large.read(largeKey)) ?? kept
      refresh()
    },
    acknowledged: (id) => void stored.add(id),
    count: async () => {
      const there = states.parseOutbox(await storage.large.read(largeKey)) ?? kept
      return states.put(there, left()).items.filter(({ id }) => !stored.has(id)).length
    },
    forget: () => {
      apart = undefined
      state = kept = empty()
      fresh.clear()
      stored.clear()
      changed.call()
    },
    device: () => state.device,
    all: () => state.items,
    items: (c) => state.items.filter((item) => item.c === c),
    isFull: () => !states.hasRoom(state.items, {}),
    isKept: (id) => {
      const item = found(kept, id)
      const seen = found(state, id)
      return item !== undefined && item.n === seen?.n && item.c === seen.c
    },
    isFresh: (id) => fresh.has(id),
    handOver: (id) => {
      if (!fresh.delete(id)) onStray(id)
    },
    handedElsewhere: (id) => void fresh.delete(id),
    doubt: () => fresh.clear(),
    look: async (ready) => {
      const before = kept
      const found = states.parseOutbox(await storage.large.read(largeKey))
      ready()
      if (found && kept === before) kept = found
      refresh()
    },
    flights: createFlights(),
    put: (c, k, body) => {
      if (!states.hasRoom(state.items, body)) throw new ChatError('busy', 'the outbox is full')
      const at = env.now()
      const id = uuidv7(at, env.random)
      fresh.add(id)
      const isReal = !c.startsWith(states.localPrefix)
      return change((now) => states.put(isReal ? states.gather(now, c) : now, [{ c, id, n: 0, k, body, at, state: 'pending' }])).then(() => id)
    },
    offer: (c, messages, epoch) => {
      const items = messages.map(({ id, k, body, at }): PendingMessage => ({ c, id, n: 0, k, body, at, state: 'pending' }))
      return change((now) => states.offer(now, c, items, epoch))
    },
    take: (ids) => change((now) => states.take(now, ids)),
    fail: (id, failure, c) => change((now) => states.fail(now, id, failure, c)),
    retry: (id, c) => change((now) => states.retry(now, id, c)),
    gather: (to) => change((now) => states.gather(now, to)),
    move: (from, to, isOtherUser) => {
      // As it is now: the step runs again on what other tabs wrote, when these may be on their way. Where nobody tells what they do, none is.
      const certain = new Set(env.channel || storage.durability() !== 'persistent' ? fresh : [])
      const isUncertain = isOtherUser ? ({ id }: PendingMessage) => !certain.has(id) : undefined
      return change((now) => states.move(now, { from, to, isUncertain }), true)
    },
    renumber: (c, expectN) => {
      // For what waits first here, and for the device that was asked: where another tab got it stored meanwhile, or it moves back to the device
      // that all share, it would give the others numbers that are used up.
      const { device, items } = state
      const first = states.firstOf(items, c)?.id
      const isMeant = (now: states.OutboxState) => now.device === device && states.firstOf(now.items, c)?.id === first
      return change((now) => (isMeant(now) ? states.renumber(now, c, expectN) : now))
    },
    onChange: changed.add
  }
}
