import { atom, type ReadableAtom } from 'nanostores'

/** What this browser remembers about how its operator works. Never a text. */
export interface Preferences {
  readonly $hasShortcuts: ReadableAtom<boolean>
  readonly setShortcuts: (isOn: boolean) => void
  readonly site: () => string | null
  readonly setSite: (site: string) => void
}

const shortcutsKey = 'porchlight-console:shortcuts'
const siteKey = 'porchlight-console:site'

/** Preferences in `storage`; where it is denied they last as long as the page. */
export function createPreferences(storage: Storage | null): Preferences {
  const $hasShortcuts = atom(read(storage, shortcutsKey) !== 'off')
  let site = read(storage, siteKey)
  return {
    $hasShortcuts,
    setShortcuts: (isOn) => {
      $hasShortcuts.set(isOn)
      write(storage, shortcutsKey, isOn ? 'on' : 'off')
    },
    site: () => site,
    setSite: (next) => {
      site = next
      write(storage, siteKey, next)
    }
  }
}

function read(storage: Storage | null, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null
  } catch {
    return null
  }
}

function write(storage: Storage | null, key: string, value: string): void {
  try {
    storage?.setItem(key, value)
  } catch {
    // Denied or full: the choice then lasts as long as the page.
  }
}
