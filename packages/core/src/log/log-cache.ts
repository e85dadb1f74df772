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
    void storage.large.update(key, (value) => {
      const known = parse(value)
      // Another tab may hold more: what it took out of the outbox stands nowhere else.
      const isBehind = known?.epoch === log.epoch && endOf(known) > endOf(log)
      return isBehind ? { ...known, read: Math.max(known.read, log.read) } : { ...log, messages: log.messages.slice(-cachedMax) }
    })
  }

  return {
    load: async () => parse(await storage.large.read(key)),
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

function parse(value: unknown): CachedLog | undefined {
  const log = value as Partial<CachedLog> | null | undefined
  const isCache = typeof log?.epoch === 'string' && Array.isArray(log.messages) && typeof log.read === 'number'
  return isCache ? (log as CachedLog) : undefined
}

function endOf({ messages }: CachedLog): number {
  return messages.at(-1)?.order ?? 0
}
