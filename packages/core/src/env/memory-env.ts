import type { DeviceStorage, Durability, Env } from './env.js'
import { createListeners } from './listeners.js'
import { createManualClock, type ManualClock } from './manual-clock.js'
import { pagesOf } from './memory-pages.js'
import { createMemoryDisk, type MemoryDisk, memoryStorage, type StorageFaults } from './memory-storage.js'

/** Options of {@link memoryEnv}. */
export interface MemoryEnvOptions {
  /** `manual` (default): time stands still until `advance`. `real`: the machine's clock and timers. */
  readonly clock?: 'manual' | 'real' | ManualClock | undefined
  /** What survives a reload. Default: a new, empty one. */
  readonly disk?: MemoryDisk | undefined
  /** What this tab alone keeps through a reload. Default: a new, empty one. */
  readonly tab?: MemoryDisk | undefined
  /** Fills bytes. Default: `crypto.getRandomValues`. */
  readonly random?: Env['random'] | undefined
  /** How long a large value takes to be read or written, in milliseconds. Default 0: a turn of the event loop. */
  readonly storageDelayMs?: number | undefined
  /** Whether pages can lock and hear each other, as in every current browser. Default true. */
  readonly hasPages?: boolean | undefined
  /** A finger is what points. Default false. */
  readonly isTouch?: boolean | undefined
  /** What `storage.durability()` answers. Default: where values are kept in truth, which is `persistent` without `storageFaults`. */
  readonly durability?: Durability | undefined
  /** What is wrong with the device's storage at the moment. Default: nothing. */
  readonly storageFaults?: (() => StorageFaults) | undefined
}

/** An {@link Env} that a test drives. */
export interface MemoryEnv extends Env {
  /** Lets that much time pass, running timers and promises in order. Needs the manual clock. */
  readonly advance: (durationMs: number) => Promise<void>
  /** The machine sleeps: time passes, and no timer runs until it wakes. Needs the manual clock. */
  readonly sleep: (durationMs: number) => void
  /** Timers of this page that still wait. */
  readonly timerCount: () => number
  /** Listeners to the page's life and to the network that still stand. */
  readonly listenerCount: () => number
  readonly setOnline: (isOnline: boolean) => void
  readonly setVisible: (isVisible: boolean) => void
  /** The page goes into the back/forward cache or away (`pagehide`). */
  readonly leave: () => void
  /** The page comes back from the back/forward cache (`pageshow`). */
  readonly comeBack: () => void
  /** The page dies without a word: no timer fires any more, and what it writes is lost. */
  readonly kill: () => void
  /** Kills this page and gives the next one in the same tab: same disk, same tab storage, same clock. */
  readonly reload: () => MemoryEnv
  /** Another tab of the same browser: same disk, same clock. */
  readonly newTab: () => MemoryEnv
}

/**
 * An {@link Env} without a browser: for Node and for tests. With the manual clock nothing happens until `advance`, so that hours
 * pass in milliseconds and always in the same order.
 *
 * @example
 * ```ts
 * import { createChat } from '@porchlight/core'
 * import { memoryEnv } from '@porchlight/core/testing'
 * import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
 *
 * const env = memoryEnv()
 * const chat = createChat({ env, adapter: memoryAdapter({ backend: createMemoryBackend() }) })
 * void chat.send('Hello')
 * await env.advance(1_000)
 * console.log(chat.$messages.get()[0]?.state)
 * ```
 */
export function memoryEnv(options: MemoryEnvOptions = {}): MemoryEnv {
  const clock = clockOf(options.clock ?? 'manual')
  const disk = options.disk ?? createMemoryDisk()
  const tab = options.tab ?? createMemoryDisk()
  const woke = createListeners<void>()
  const hid = createListeners<boolean>()
  const lost = createListeners<void>()
  const timers = new Set<() => void>()
  const listening = new Set<() => void>()
  const locked = new Set<() => void>()
  let isAlive = true
  let isOnline = true
  let isVisible = true
  /** In the back/forward cache no page hears another. */
  let isAway = false
  const pages = options.hasPages === false ? undefined : pagesOf(disk)

  const setTimer: Env['setTimer'] = (callback, delayMs) => {
    if (!isAlive) return () => undefined
    const cancel = clock.setTimer(() => {
      timers.delete(cancel)
      callback()
    }, delayMs)
    timers.add(cancel)
    return () => {
      timers.delete(cancel)
      cancel()
    }
  }
  const counted =
    <T>(add: (callback: (value: T) => void) => () => void) =>
    (callback: (value: T) => void) => {
      const remove = add((value) => callback(value))
      const stop = () => {
        listening.delete(stop)
        remove()
      }
      listening.add(stop)
      return stop
    }
  const kill = () => {
    isAlive = false
    for (const cancel of timers) cancel()
    for (const stop of listening) stop()
    for (const release of locked) release()
  }
  const { storageDelayMs = 0, durability, storageFaults: faults = () => ({}) } = options
  const pause = async () => {
    if (storageDelayMs > 0) await new Promise<void>((resolve) => void setTimer(resolve, storageDelayMs))
  }
  const storage = (name: string): DeviceStorage => memoryStorage({ name, disk, tab, isAlive: () => isAlive, durability, pause, faults })

  return {
    now: clock.now,
    monotonic: clock.now,
    random: options.random ?? ((bytes) => crypto.getRandomValues(bytes)),
    setTimer,
    storage,
    isOnline: () => isOnline,
    isVisible: () => isVisible,
    onWake: counted(woke.add),
    onHide: counted(hid.add),
    onOffline: counted(lost.add),
    isTouch: () => options.isTouch === true,
    channel:
      pages &&
      ((name, onWord) => {
        const { tell, close } = pages.channel(name, (word) => {
          if (isAlive && !isAway) onWord(word)
        })
        return { tell: (word) => isAlive && !isAway && tell(word), close }
      }),
    lock:
      pages &&
      (async (name, waitMs) => {
        const release = await pages.lock(name, setTimer, waitMs)
        if (release && !isAlive) release()
        if (release) locked.add(release)
        return release
      }),
    page: () => undefined,
    advance: clock.advance,
    sleep: clock.sleep,
    timerCount: () => timers.size,
    listenerCount: () => listening.size,
    setOnline: (next) => {
      isOnline = next
      if (next) woke.call()
      else lost.call()
    },
    setVisible: (next) => {
      isVisible = next
      if (next) woke.call()
      else hid.call(false)
    },
    leave: () => {
      hid.call(true)
      isAway = true
    },
    comeBack: () => {
      isAway = false
      woke.call()
    },
    kill,
    reload: () => {
      kill()
      return memoryEnv({ ...options, clock, disk, tab })
    },
    newTab: () => memoryEnv({ ...options, clock, disk, tab: createMemoryDisk() })
  }
}

function clockOf(clock: 'manual' | 'real' | ManualClock): ManualClock {
  if (clock === 'manual') return createManualClock()
  return clock === 'real' ? realClock : clock
}

const realClock: ManualClock = {
  now: () => Date.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
  advance: () => Promise.reject(new Error('advance() needs the manual clock')),
  sleep: () => {
    throw new Error('sleep() needs the manual clock')
  }
}
