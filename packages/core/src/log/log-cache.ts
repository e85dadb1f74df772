import type { Message } from '../adapter.js'
import type { DeviceStorage, Env } from '../env/env.js'

const cachedMax = 200
const debounceMs = 500

/** The newest part of a log, as the last page left it. */
export interface CachedLog {
  readonly epoch: string
  readonly messages: readonly Message[]
  readonly read: number
}

/** Keeps the newest entries of one log on this device, so that the next page shows them at once and asks only for what is new. */
export interface LogCache {
  readonly load: () => Promise<CachedLog | undefined>
  /** Keeps the log a moment later; the newest call wins. */
  readonly save: (log: () => CachedLog) => void
  readonly flush: () => void
  readonly remove: () => void
}

/** A cache for log `c` in `storage`. */
export function createLogCache(c: string, env: Env, storage: DeviceStorage): LogCache {
  const key = `log:${c}`
  let newest: (() => CachedLog) | undefined
  let stopWaiting: (() => void) | undefined

  const flush = () => {
    stopWaiting?.()
    stopWaiting = undefined
    if (!newest) return
    const log = newest()
    newest = undefined
    void storage.large.update(key, () => ({ ...log, messages: log.messages.slice(-cachedMax) }))
  }

  return {
    load: async () => {
      const value = (await storage.large.read(key)) as Partial<CachedLog> | null | undefined
      const isCache = typeof value?.epoch === 'string' && Array.isArray(value.messages) && typeof value.read === 'number'
      return isCache ? (value as CachedLog) : undefined
    },
    save: (log) => {
      newest = log
      stopWaiting ??= env.setTimer(flush, debounceMs)
    },
    flush,
    remove: () => {
      newest = undefined
      void storage.large.update(key, () => undefined)
    }
  }
}
