import type { DeviceStorage, Env } from './env.js'

/** The {@link Env} of a place without a page, such as Node: real time, and storage in memory that is gone with the process. */
export function plainEnv(): Env {
  const never = () => () => undefined
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    random: (bytes) => crypto.getRandomValues(bytes),
    setTimer: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
    storage: plainStorage,
    isOnline: () => true,
    isVisible: () => true,
    onWake: never,
    onHide: never,
    onOffline: never,
    page: () => undefined
  }
}

function plainStorage(): DeviceStorage {
  const values = new Map<string, unknown>()
  const update = (key: string, value: unknown) => {
    values.set(key, value)
    return value
  }
  const inMemory = (prefix: string) => ({
    read: (key: string) => values.get(prefix + key),
    write: (key: string, value: unknown) => update(prefix + key, value) === value
  })
  return {
    large: {
      read: async (key) => values.get(`large/${key}`),
      update: async (key, change) => update(`large/${key}`, change(values.get(`large/${key}`)))
    },
    small: inMemory('small/'),
    tab: inMemory('tab/'),
    durability: () => 'memory',
    clear: async () => values.clear()
  }
}
