import { browserStorage } from './browser-storage.js'
import type { Env } from './env.js'

/**
 * The {@link Env} of a page. Nothing is touched before it is needed, and every access is guarded: in a frame without storage
 * rights even reading `window.localStorage` throws. Without a page, as in Node, time and randomness are real, and what is stored
 * is in memory and gone with the process.
 *
 * @example
 * ```ts
 * import { browserEnv, createChat } from '@porchlight/core'
 * import { porchlightAdapter } from '@porchlight/adapters/porchlight'
 *
 * const adapter = porchlightAdapter({ server: 'https://chat.example.com', site: 'shop' })
 * const chat = createChat({ adapter, env: browserEnv() })
 * ```
 */
export function browserEnv(): Env {
  const page = typeof document === 'undefined' ? undefined : document
  const view = page?.defaultView
  const isVisible = () => page?.visibilityState !== 'hidden'

  const listen = (target: EventTarget | null | undefined, types: string, callback: (event: Event) => void): (() => void) => {
    for (const type of types.split(' ')) target?.addEventListener(type, callback)
    return () => {
      for (const type of types.split(' ')) target?.removeEventListener(type, callback)
    }
  }
  const both = (first: () => void, second: () => void) => () => {
    first()
    second()
  }

  const Channel = view?.BroadcastChannel
  const locks = view?.navigator?.locks

  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    random: (bytes) => crypto.getRandomValues(bytes),
    setTimer: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
    storage: browserStorage,
    isOnline: () => globalThis.navigator?.onLine !== false,
    isVisible,
    onWake: (callback) =>
      both(
        listen(page, 'visibilitychange resume', () => {
          if (isVisible()) callback()
        }),
        listen(view, 'pageshow online', (event) => {
          // The first `pageshow` is the load itself.
          if (event.type === 'online' || (event as PageTransitionEvent).persisted) callback()
        })
      ),
    onHide: (callback) =>
      both(
        listen(page, 'visibilitychange', () => {
          if (!isVisible()) callback(false)
        }),
        listen(view, 'pagehide', () => callback(true))
      ),
    onOffline: (callback) => listen(view, 'offline', () => callback()),
    isTouch: () => view?.matchMedia?.('(pointer: coarse)').matches === true,
    channel:
      Channel &&
      ((name, onWord) => {
        let channel: BroadcastChannel | undefined
        const open = () => {
          try {
            channel = new Channel(name)
            channel.onmessage = ({ data }) => onWord(data)
          } catch {
            // Denied, as storage is then: there is nothing to share.
          }
        }
        const close = () => channel?.close()
        open()
        // An open one may keep a page out of the back/forward cache.
        const stop = listen(view, 'pagehide pageshow', ({ type, persisted }: Partial<PageTransitionEvent>) => {
          if (type === 'pagehide') close()
          else if (persisted) open()
        })
        return {
          tell: (word) => {
            try {
              channel?.postMessage(word)
            } catch {
              // Closed, as the page is on its way out.
            }
          },
          close: both(stop, close)
        }
      }),
    lock: locks && ((name, waitMs) => takeLock(locks, name, waitMs)),
    page: () => page && { url: location.origin + location.pathname, title: page.title, language: page.documentElement.lang }
  }
}

function takeLock(locks: LockManager, name: string, waitMs: number): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), waitMs)
    const hold = (lock: Lock | null) => {
      clearTimeout(timer)
      return new Promise<void>((release) => {
        resolve(lock ? release : undefined)
        if (!lock) release()
      })
    }
    locks.request(name, waitMs > 0 ? { signal: late.signal } : { ifAvailable: true }, hold).catch(() => resolve(undefined))
  })
}
