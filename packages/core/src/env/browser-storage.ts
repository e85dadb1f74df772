import type { DeviceStorage, Durability, SyncKeyValue } from './env.js'
import { type Database, openDatabase } from './indexed-db.js'

/** Storage of a page: IndexedDB, else this tab's session storage, else memory. */
export function browserStorage(name: string): DeviceStorage {
  const tab = webStorage('sessionStorage', name)
  const small = webStorage('localStorage', name)
  const database = openDatabase(name)
  /** The newest value of each key that this page saw or made: what is left when the database goes away under us. */
  const known = new Map<string, unknown>()
  let durability: Durability = 'persistent'

  const fallBack = (key: string, change: (value: unknown) => unknown): unknown => {
    const value = change(known.has(key) ? known.get(key) : tab.read(`large/${key}`))
    known.set(key, value)
    durability = tab.write(`large/${key}`, value) ? 'limited' : 'memory'
    return value
  }

  return {
    large: {
      read: async (key) => {
        if (durability === 'persistent') {
          try {
            const value = await database.read(key)
            known.set(key, value)
            return value
          } catch {
            durability = 'limited'
          }
        }
        return fallBack(key, (value) => value)
      },
      update: async (key, change) => {
        if (durability !== 'persistent') return fallBack(key, change)
        try {
          const value = await updateOrMakeRoom(database, key, change)
          known.set(key, value)
          return value
        } catch {
          return fallBack(key, change)
        }
      }
    },
    small,
    tab,
    durability: () => durability,
    clear: async () => {
      known.clear()
      small.clear()
      tab.clear()
      await database.remove().catch(() => undefined)
    }
  }
}

/** A full disk costs the cached history first, never an unsent text. */
async function updateOrMakeRoom(database: Database, key: string, change: (value: unknown) => unknown): Promise<unknown> {
  try {
    return await database.update(key, change)
  } catch {
    await database.clear('log:')
    return database.update(key, change)
  }
}

/** One JSON object under one name of a Web Storage area, which may be denied, full or changed by others at any time. */
function webStorage(kind: 'localStorage' | 'sessionStorage', name: string): SyncKeyValue & { readonly clear: () => void } {
  let memory: Record<string, unknown> = {}
  /** Without a page there is none: newer Nodes have one, for the whole process. */
  const area = (): Storage => document.defaultView?.[kind] as Storage
  const load = (): Record<string, unknown> => {
    try {
      const value: unknown = JSON.parse(area().getItem(name) ?? '{}')
      return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
    } catch {
      return memory
    }
  }
  /** Puts the whole object there; an empty one leaves no trace. Answers whether it is kept. */
  const keep = (values: Record<string, unknown>): boolean => {
    memory = values
    const text = JSON.stringify(values)
    try {
      if (text === '{}') area().removeItem(name)
      else area().setItem(name, text)
      return true
    } catch {
      return false
    }
  }
  return {
    read: (key) => load()[key],
    write: (key, value) => keep({ ...load(), [key]: value }),
    clear: () => void keep({})
  }
}
