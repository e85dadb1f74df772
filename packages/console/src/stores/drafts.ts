import { atom, type ReadableAtom } from 'nanostores'

/** What the operator typed and has not sent, by conversation. */
export interface Drafts {
  /** Conversations that hold an unsent text. */
  readonly $owners: ReadableAtom<ReadonlySet<string>>
  readonly read: (c: string) => string
  readonly write: (c: string, text: string) => void
  /** Erases every draft in this tab. */
  readonly forget: () => void
}

const prefix = 'porchlight-console:drafts:'

/**
 * Keeps drafts in this tab's storage, so that they outlive a reload and an expired session. They belong to one operator on one site: texts
 * of anybody else who used this tab are erased first. Where storage is denied they live as long as the page.
 */
export function createDrafts(storage: Storage | null, operatorId: string, site: string): Drafts {
  const owner = `${prefix}${operatorId}:`
  const key = owner + site
  attempt(() => erase(storage, owner))
  const texts = attempt(() => parseTexts(storage?.getItem(key) ?? null)) ?? new Map<string, string>()
  const $owners = atom<ReadonlySet<string>>(ownersOf(texts))

  const save = (): void => {
    attempt(() => (texts.size === 0 ? storage?.removeItem(key) : storage?.setItem(key, JSON.stringify([...texts]))))
    const owners = ownersOf(texts)
    const held = $owners.get()
    if (owners.size !== held.size || [...owners].some((c) => !held.has(c))) $owners.set(owners)
  }

  return {
    $owners,
    read: (c) => texts.get(c) ?? '',
    write: (c, text) => {
      if (text === (texts.get(c) ?? '')) return
      if (text === '') texts.delete(c)
      else texts.set(c, text)
      save()
    },
    forget: () => {
      texts.clear()
      save()
      eraseDrafts(storage)
    }
  }
}

/** How many drafts of one operator this tab keeps, on all sites together. */
export function countDrafts(storage: Storage | null, operatorId: string): number {
  const keys = attempt(() => keysOf(storage).filter((key) => key.startsWith(`${prefix}${operatorId}:`))) ?? []
  const sizes = keys.map((key) => attempt(() => ownersOf(parseTexts(storage?.getItem(key) ?? null)).size) ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Erases every draft in this tab, whoever typed it. */
export function eraseDrafts(storage: Storage | null): void {
  attempt(() => erase(storage, null))
}

function ownersOf(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set([...texts].filter(([, text]) => text.trim() !== '').map(([c]) => c))
}

function erase(storage: Storage | null, keep: string | null): void {
  for (const key of keysOf(storage)) if (key.startsWith(prefix) && (keep === null || !key.startsWith(keep))) storage?.removeItem(key)
}

function keysOf(storage: Storage | null): readonly string[] {
  return Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '')
}

function parseTexts(text: string | null): Map<string, string> {
  const value: unknown = JSON.parse(text ?? '[]')
  if (!Array.isArray(value)) return new Map()
  const isEntry = (entry: unknown): entry is [string, string] => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string'
  return new Map(value.filter(isEntry))
}

/** Storage may be denied or full at any call; a draft is then only in memory. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
