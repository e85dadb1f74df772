import type { DeviceStorage, Durability } from './env.js'
import type { Database } from './indexed-db.js'
import type { WebStorage } from './web-storage.js'

/** Where a device keeps things. */
export interface Places {
  readonly database: Database
  readonly small: WebStorage
  readonly tab: WebStorage
}

type Change = (value: unknown) => unknown

/**
 * Keeps each large value in the safest place that takes it: the database, else this tab's storage, else memory. What is kept in a weaker place
 * moves back by `recover`.
 */
export function safestStorage({ database, small, tab }: Places): DeviceStorage {
  /** The newest value of each key that this page saw or made: what is left when the database goes away under us. */
  const known = new Map<string, unknown>()
  /**
   * What was changed while the database was away, to be done there again on top of what other tabs did meanwhile. It grows as the transcript
   * does that the page holds anyway.
   */
  const apart = new Map<string, readonly Change[]>()
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let durability: Durability = 'persistent'

  const fallBack = (key: string, change?: Change): unknown => {
    // Before the change is made: it may depend on who else will see it.
    durability = 'limited'
    const before = known.has(key) ? known.get(key) : tab.read(`large/${key}`)
    const value = change ? change(before) : before
    known.set(key, value)
    // One that does not look at what was there replaces it whole.
    if (change) apart.set(key, [...((change.length > 0 && apart.get(key)) || []), change])
    if (!tab.write(`large/${key}`, value)) durability = 'memory'
    return value
  }

  /** One after the other: what was refused and finds room at the second try must not stand behind what came after it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    // At once where nothing waits: a page draws what was sent in the very next turn, and the disk need not wait for that.
    const turn = waiting++ > 0 ? last.then(work, work) : work()
    const done = () => void waiting--
    turn.then(done, done)
    last = turn
    return turn
  }
  /** Asks the database, or changes what is kept in its place. */
  const reach = (key: string, ask: () => Promise<unknown>, change?: Change) =>
    inTurn(async () => {
      if (durability === 'persistent') {
        try {
          const value = await ask()
          known.set(key, value)
          return value
        } catch {
          // Falls back.
        }
      }
      return fallBack(key, change)
    })

  /** Rejects, with nothing forgotten, while the database has no room. */
  const moveBack = async () => {
    // Reading alone may have failed.
    await database.read('')
    for (const [key, changes] of apart) {
      const weaker = durability
      const again = (value: unknown): unknown => {
        if (value === undefined) return known.get(key)
        // Here others see it again.
        durability = 'persistent'
        const next = changes.reduce<unknown>((now, change) => change(now), value)
        durability = weaker
        return next
      }
      known.set(key, await updateOrMakeRoom(database, key, again))
      apart.delete(key)
      tab.write(`large/${key}`, undefined)
    }
    durability = 'persistent'
  }

  return {
    large: {
      read: (key) => reach(key, () => database.read(key)),
      update: (key, change) => reach(key, () => updateOrMakeRoom(database, key, change), change)
    },
    small,
    tab,
    durability: () => durability,
    recover: async () => {
      if (durability !== 'persistent') await inTurn(moveBack).catch(() => undefined)
    },
    clear: async () => {
      small.clear()
      tab.clear()
      await inTurn(async () => {
        known.clear()
        apart.clear()
        await database.remove().catch(() => undefined)
      })
    }
  }
}

/** A full disk costs the cached history first, never an unsent text. */
async function updateOrMakeRoom(database: Database, key: string, change: Change): Promise<unknown> {
  try {
    return await database.update(key, change)
  } catch {
    await database.clear('log:')
    return database.update(key, change)
  }
}
