import { atom, type ReadableAtom } from 'nanostores'

/** What the operator typed and has not sent, by conversation. */
export interface Drafts {
  /** Conversations that hold an unsent text. */
  readonly $owners: ReadableAtom<ReadonlySet<string>>
  readonly read: (c: string) => string
  readonly write: (c: string, text: string) => void
  /** Another tab of this browser has changed a text from `was` to what `read` gives now. */
  readonly onOtherTab: (callback: (c: string, was: string) => void) => void
  /** Erases every draft of this operator on this device. */
  readonly forget: () => void
  readonly stop: () => void
}

/** What {@link createDrafts} works with. */
export interface DraftsOptions {
  /** The device's; null where it is denied. */
  readonly storage: Storage | null
  readonly operatorId: string
  readonly site: string
}

const prefix = 'porchlight-console:drafts:'

/**
 * Keeps drafts on this device, written with each keystroke, so that they outlive a reload, an ended session, and a tab or a browser that is closed or dies.
 * They belong to one operator on one site, in all tabs. Where storage is denied they live as long as the page.
 */
export function createDrafts({ storage, operatorId, site }: DraftsOptions): Drafts {
  const own = `${prefix}${operatorId}:${site}:`
  const texts = new Map(textsUnder(storage, own))
  const $owners = atom<ReadonlySet<string>>(ownersOf(texts))
  let onOtherTab: (c: string, was: string) => void = () => undefined

  const keep = (c: string, text: string): void => {
    if (text === '') texts.delete(c)
    else texts.set(c, text)
    const owners = ownersOf(texts)
    const held = $owners.get()
    if (owners.size !== held.size || [...owners].some((each) => !held.has(each))) $owners.set(owners)
  }
  const onStorage = ({ storageArea, key, newValue, oldValue }: StorageEvent): void => {
    if (storageArea !== storage || !key?.startsWith(own)) return
    const c = key.slice(own.length)
    keep(c, newValue ?? '')
    onOtherTab(c, oldValue ?? '')
  }
  addEventListener('storage', onStorage)

  return {
    $owners,
    read: (c) => texts.get(c) ?? '',
    write: (c, text) => {
      if (text === (texts.get(c) ?? '')) return
      keep(c, text)
      attempt(() => (text === '' ? storage?.removeItem(own + c) : storage?.setItem(own + c, text)))
    },
    onOtherTab: (callback) => {
      onOtherTab = callback
    },
    forget: () => {
      texts.clear()
      $owners.set(new Set())
      eraseDrafts(storage, operatorId)
    },
    stop: () => removeEventListener('storage', onStorage)
  }
}

/** How many drafts of one operator this device keeps, on all sites together. */
export function countDrafts(storage: Storage | null, operatorId: string): number {
  return textsUnder(storage, `${prefix}${operatorId}:`).filter(([, text]) => text.trim() !== '').length
}

/** Erases what one operator typed, on all sites. */
export function eraseDrafts(storage: Storage | null, operatorId: string): void {
  const all = `${prefix}${operatorId}:`
  for (const [rest] of textsUnder(storage, all)) attempt(() => storage?.removeItem(all + rest))
}

/** Kept texts by what follows `start` in their keys. */
function textsUnder(storage: Storage | null, start: string): readonly (readonly [string, string])[] {
  const keys = attempt(() => Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '')) ?? []
  return keys.filter((key) => key.startsWith(start)).map((key) => [key.slice(start.length), attempt(() => storage?.getItem(key)) ?? ''])
}

function ownersOf(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set([...texts].filter(([, text]) => text.trim() !== '').map(([c]) => c))
}

/** Storage may be denied or full at any call; a draft is then only in memory. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
