/** Sets of things by a key. */
export interface KeyedSets<T> {
  /** What is there under a key, in the order in which it came. */
  readonly of: (key: string) => readonly T[]
  readonly add: (key: string, item: T) => void
  readonly remove: (key: string, item: T) => void
}

/** Makes sets that are all empty. Most connections are alone under their key, so one thing takes no set of its own: it would weigh more than all else that is kept here of it. */
export function createKeyedSets<T extends object>(): KeyedSets<T> {
  const kept = new Map<string, T | Set<T>>()
  return {
    of: (key) => {
      const found = kept.get(key)
      if (found === undefined) return []
      return found instanceof Set ? [...found] : [found]
    },
    add: (key, item) => {
      const found = kept.get(key)
      if (found === undefined) kept.set(key, item)
      else if (found instanceof Set) found.add(item)
      else if (found !== item) kept.set(key, new Set([found, item]))
    },
    remove: (key, item) => {
      const found = kept.get(key)
      if (found === item) kept.delete(key)
      if (!(found instanceof Set)) return
      found.delete(item)
      if (found.size === 0) kept.delete(key)
    }
  }
}
