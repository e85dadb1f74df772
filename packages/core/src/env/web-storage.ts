import type { SyncKeyValue } from './env.js'

/** What is used of a Web Storage area. */
export type StorageArea = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Values in a Web Storage area. */
export interface WebStorage extends SyncKeyValue {
  readonly clear: () => void
}

/** One JSON object under one name of a Web Storage area, which may be denied, full or changed by others at any time. */
export function webStorage(area: () => StorageArea, name: string): WebStorage {
  /** What found no room there: for this page alone. */
  let unkept: Record<string, unknown> = {}
  const load = (): Record<string, unknown> => {
    try {
      const value: unknown = JSON.parse(area().getItem(name) ?? '{}')
      return { ...(typeof value === 'object' ? value : {}), ...unkept }
    } catch {
      return unkept
    }
  }
  /** Puts the whole object there; an empty one leaves no trace. Answers whether it is kept. */
  const keep = (values: Record<string, unknown>): boolean => {
    const text = JSON.stringify(values)
    try {
      if (text === '{}') area().removeItem(name)
      else area().setItem(name, text)
      unkept = {}
      return true
    } catch {
      return false
    }
  }
  return {
    read: (key) => load()[key],
    write: (key, value) => {
      unkept = { ...unkept, [key]: value }
      return keep(load())
    },
    clear: () => {
      unkept = {}
      keep({})
    }
  }
}
