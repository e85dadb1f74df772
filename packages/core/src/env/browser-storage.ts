import type { DeviceStorage } from './env.js'
import { openDatabase } from './indexed-db.js'
import { safestStorage } from './safest-storage.js'
import { webStorage } from './web-storage.js'

/** Storage of a page: IndexedDB, else this tab's session storage, else memory. */
export function browserStorage(name: string): DeviceStorage {
  /** Without a page there is none: newer Nodes have one, for the whole process. */
  const areaOf = (kind: 'localStorage' | 'sessionStorage') => webStorage(() => document.defaultView?.[kind] as Storage, name)
  return safestStorage({ database: openDatabase(name), small: areaOf('localStorage'), tab: areaOf('sessionStorage') })
}
