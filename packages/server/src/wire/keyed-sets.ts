/** Sets of things by a key. A set that is empty takes no room. */
export interface KeyedSets<T> {
  readonly of: (key: string) => ReadonlySet<T>
  readonly add: (key: string, item: T) => void
  readonly remove: (key: string, item: T) => void
}

/** Makes sets that are all empty. */
export function createKeyedSets<T>(): KeyedSets<T> {
  const sets = new Map<string, Set<T>>()
  const none: ReadonlySet<T> = new Set<T>()
  return {
    of: (key) => sets.get(key) ?? none,
    add: (key, item) => {
      const known = sets.get(key)
      if (known) known.add(item)
      else sets.set(key, new Set([item]))
    },
    remove: (key, item) => {
      const known = sets.get(key)
      known?.delete(item)
      if (known?.size === 0) sets.delete(key)
    }
  }
}
