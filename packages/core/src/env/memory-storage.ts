import type { DeviceStorage, Durability } from './env.js'
import type { Database } from './indexed-db.js'
import { safestStorage } from './safest-storage.js'
import { type StorageArea, webStorage } from './web-storage.js'

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

/** What is wrong with a device's storage. */
export interface StorageFaults {
  /** Nothing can be had at all, as where a browser forbids it. */
  readonly isDenied?: boolean | undefined
  /** The disk takes no large value that makes it hold more characters than this. */
  readonly diskMax?: number | undefined
  /** The small storage and that of a tab take nothing that makes them hold more characters than this. */
  readonly areaMax?: number | undefined
}

/** Where a {@link memoryStorage} keeps its values. */
export interface MemoryStorageOptions {
  readonly name: string
  readonly disk: MemoryDisk
  readonly tab: MemoryDisk
  /** Whether the page still lives; a dead one writes nothing. */
  readonly isAlive: () => boolean
  /** What it says of itself instead of what it knows. */
  readonly durability: Durability | undefined
  /** Lets as much time pass as a write to the disk takes. */
  readonly pause: () => Promise<void>
  readonly faults: () => StorageFaults
}

/**
 * {@link DeviceStorage} on maps, which falls back as a browser's does. Values pass through JSON, so that what comes back is never the same
 * object. Large values come and go one after the other and take their time, so that a page can die in between.
 */
export function memoryStorage(options: MemoryStorageOptions): DeviceStorage {
  const { name, disk, tab, durability } = options
  const storage = safestStorage({
    database: memoryDatabase(options),
    small: webStorage(areaOn(disk, 'small/', options), name),
    tab: webStorage(areaOn(tab, '', options), name)
  })
  return durability ? { ...storage, durability: () => durability } : storage
}

/** Writes where there is room. What makes a map smaller always finds some. */
function put(
  map: MemoryDisk,
  { key, text, max = Number.POSITIVE_INFINITY }: { readonly key: string; readonly text: string; readonly max?: number | undefined }
): void {
  const before = map.get(key)?.length ?? 0
  const held = [...map.values()].reduce((sum, value) => sum + value.length, 0)
  if (text.length > before && held - before + text.length > max) throw new Error('the quota is exceeded')
  map.set(key, text)
}

function areaOn(map: MemoryDisk, prefix: string, { isAlive, faults }: MemoryStorageOptions): () => StorageArea {
  const area: StorageArea = {
    getItem: (key) => map.get(prefix + key) ?? null,
    setItem: (key, text) => {
      if (!isAlive()) throw new Error('the page is gone')
      put(map, { key: prefix + key, text, max: faults().areaMax })
    },
    removeItem: (key) => void (isAlive() && map.delete(prefix + key))
  }
  return () => {
    if (faults().isDenied) throw new Error('storage is denied')
    return area
  }
}

function memoryDatabase({ name, disk, isAlive, pause, faults }: MemoryStorageOptions): Database {
  const prefix = `${name}/`
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => T): Promise<T> => {
    const turn = last.then(pause).then(() => {
      if (faults().isDenied) throw new Error('storage is denied')
      return work()
    })
    last = turn.catch(() => undefined)
    return turn
  }
  const read = (key: string): unknown => {
    const text = disk.get(prefix + key)
    return text === undefined ? undefined : JSON.parse(text)
  }
  const clear = (beginning: string) =>
    inTurn(() => {
      for (const key of disk.keys()) if (isAlive() && key.startsWith(prefix + beginning)) disk.delete(key)
    })
  return {
    read: (key) => inTurn(() => read(key)),
    update: (key, change) =>
      inTurn(() => {
        const old = read(key)
        const value = change(old)
        if (!isAlive()) return value
        if (value === undefined) disk.delete(prefix + key)
        else if (value !== old) put(disk, { key: prefix + key, text: JSON.stringify(value), max: faults().diskMax })
        return value
      }),
    clear,
    remove: () => clear('')
  }
}
