import type { DeviceStorage, Durability, SyncKeyValue } from './env.js'
import { type Database, openDatabase } from './indexed-db.js'

type Change = (value: unknown) => unknown

/** Storage of a page: IndexedDB, else this tab's session storage, else memory. What is kept in a weaker place moves back by `recover`. */
export function browserStorage(name: string): DeviceStorage {
  const tab = webStorage('sessionStorage', name)
  const small = webStorage('localStorage', name)
  const database = openDatabase(name)
  /** The newest value of each key that this page saw or made: what is left when the database goes away under us. */
  const known = new Map<string, unknown>()
  /**
   * What was changed while the database was away, to be done there again on top of what other tabs did meanwhile. It grows as the transcript
   * does that the page holds anyway.
   */
  let apart = new Map<string, Change[]>()
  let durability: Durability = 'persistent'
  let recovering: Promise<void> | undefined

  const fallBack = (key: string, change?: Change): unknown => {
    const before = known.has(key) ? known.get(key) : tab.read(`large/${key}`)
    const value = change ? change(before) : before
    known.set(key, value)
    // One that does not look at what was there replaces it whole.
    if (change) apart.set(key, [...((change.length > 0 && apart.get(key)) || []), change])
    durability = tab.write(`large/${key}`, value) ? 'limited' : 'memory'
    return value
  }

  /** What the database holds, and what was changed apart from it: an earlier write may end after a later one gave up. */
  const seen = (key: string, stored: unknown): unknown => {
    const value = replay(stored, apart.get(key))
    known.set(key, value)
    return value
  }

  const attempt = async (key: string, work: () => Promise<unknown>, change?: Change) => {
    if (durability === 'persistent') {
      try {
        return seen(key, await work())
      } catch {
        // Falls back.
      }
    }
    return fallBack(key, change)
  }

  /** Rejects, with nothing forgotten, while the database has no room. */
  const moveBack = async () => {
    const mine = apart
    // Reading alone may have failed.
    await database.read('')
    // What is changed meanwhile comes behind, and is moved after it.
    for (const [key, changes] of mine) {
      if (mine !== apart) return
      const here = known.get(key)
      mine.delete(key)
      try {
        const stored = await updateOrMakeRoom(database, key, (value) => (value === undefined ? here : replay(value, changes)))
        if (mine !== apart) return
        seen(key, stored)
        if (!mine.has(key)) tab.write(`large/${key}`, undefined)
      } catch (error) {
        mine.set(key, [...changes, ...(mine.get(key) ?? [])])
        throw error
      }
    }
    durability = 'persistent'
  }

  return {
    large: {
      read: (key) => attempt(key, () => database.read(key)),
      update: (key, change) => attempt(key, () => updateOrMakeRoom(database, key, change), change)
    },
    small,
    tab,
    durability: () => durability,
    recover: async () => {
      if (durability === 'persistent') return
      recovering ??= moveBack().finally(() => {
        recovering = undefined
      })
      await recovering.catch(() => undefined)
    },
    clear: async () => {
      known.clear()
      apart = new Map()
      small.clear()
      tab.clear()
      await database.remove().catch(() => undefined)
    }
  }
}

function replay(value: unknown, changes: readonly Change[] = []): unknown {
  return changes.reduce((now, change) => change(now), value)
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
