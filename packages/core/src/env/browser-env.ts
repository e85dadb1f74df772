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
    page: () => page && { url: location.origin + location.pathname, title: page.title, language: page.documentElement.lang }
  }
}
