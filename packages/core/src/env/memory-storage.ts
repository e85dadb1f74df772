import type { DeviceStorage, Durability } from './env.js'

/** What outlives a page: texts by name and key, as a browser would keep them. */
export type MemoryDisk = Map<string, string>

/**
 * An empty disk, to be handed to several pages: what one leaves there, the next one finds.
 *
 * @example
 * ```ts
 * import { createMemoryDisk, memoryEnv } from '@porchlight/core/testing'
 *
 * const disk = createMemoryDisk()
 * const yesterday = memoryEnv({ disk })
 * const today = memoryEnv({ disk })
 * ```
 */
export function createMemoryDisk(): MemoryDisk {
  return new Map()
}

/** Where a {@link memoryStorage} keeps its values. */
export interface MemoryStorageOptions {
  readonly name: string
  readonly disk: MemoryDisk
  readonly tab: MemoryDisk
  /** Whether the page still lives; a dead one writes nothing. */
  readonly isAlive: () => boolean
  readonly durability: Durability
  /** Lets as much time pass as a write to the disk takes. */
  readonly pause: () => Promise<void>
}

/**
 * {@link DeviceStorage} on maps. Values pass through JSON, so that what comes back is never the same object. Large values come and
 * go one after the other and take their time, so that a page can die in between.
 */
export function memoryStorage(options: MemoryStorageOptions): DeviceStorage {
  const { name, disk, tab, isAlive } = options
  const read = (map: MemoryDisk, key: string): unknown => {
    const text = map.get(`${name}/${key}`)
    return text === undefined ? undefined : JSON.parse(text)
  }
  const write = (map: MemoryDisk, key: string, value: unknown): boolean => {
    if (!isAlive()) return false
    if (value === undefined) map.delete(`${name}/${key}`)
    else map.set(`${name}/${key}`, JSON.stringify(value))
    return true
  }
  const clear = (map: MemoryDisk, prefix: string) => {
    for (const key of map.keys()) if (isAlive() && key.startsWith(`${name}/${prefix}`)) map.delete(key)
  }
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => T): Promise<T> => {
    const turn = last.then(options.pause).then(work)
    last = turn
    return turn
  }
  return {
    large: {
      read: (key) => inTurn(() => read(disk, `large/${key}`)),
      update: (key, change) =>
        inTurn(() => {
          const value = change(read(disk, `large/${key}`))
          write(disk, `large/${key}`, value)
          return value
        })
    },
    small: { read: (key) => read(disk, `small/${key}`), write: (key, value) => write(disk, `small/${key}`, value) },
    tab: { read: (key) => read(tab, key), write: (key, value) => write(tab, key, value) },
    durability: () => options.durability,
    clear: () => {
      clear(tab, '')
      clear(disk, 'small/')
      return inTurn(() => clear(disk, ''))
    }
  }
}
