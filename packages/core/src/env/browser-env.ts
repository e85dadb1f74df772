import { browserStorage } from './browser-storage.js'
import type { Env } from './env.js'
import { createListeners, type Listeners } from './listeners.js'

/**
 * The {@link Env} of a page. Every access is made when it is needed and guarded: in a frame without storage rights even reading
 * `window.localStorage` throws.
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
  const isVisible = () => document.visibilityState !== 'hidden'
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    random: (bytes) => crypto.getRandomValues(bytes),
    setTimer: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
    storage: browserStorage,
    isOnline: () => navigator.onLine !== false,
    isVisible,
    onWake: (callback) => {
      const whenVisible = () => {
        if (isVisible()) callback()
      }
      const restored = (event: Event) => {
        if ((event as PageTransitionEvent).persisted) callback()
      }
      return listen([
        [document, 'visibilitychange', whenVisible],
        [document, 'resume', callback],
        [window, 'pageshow', restored],
        [window, 'online', callback]
      ])
    },
    onHide: (callback) => {
      const whenHidden = () => {
        if (!isVisible()) callback(false)
      }
      return listen([
        [document, 'visibilitychange', whenHidden],
        [window, 'pagehide', () => callback(true)]
      ])
    },
    onOffline: (callback) => listen([[window, 'offline', callback]]),
    page: () => ({ url: location.origin + location.pathname, title: document.title, language: document.documentElement.lang })
  }
}

function listen(wanted: readonly (readonly [EventTarget, string, (event: Event) => void])[]): () => void {
  const stops: Listeners<void> = createListeners()
  for (const [target, type, callback] of wanted) {
    target.addEventListener(type, callback)
    stops.add(() => target.removeEventListener(type, callback))
  }
  return () => stops.call()
}
