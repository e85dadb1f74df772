const freshMs = 30 * 60_000

/** Where the panel would cover the whole page. */
const sheetQuery = '(max-width: 30em), (max-height: 30em) and (pointer: coarse)'

/** Remembers in this tab, for the next page or after a reload, that the panel is open. A tab without storage forgets it. */
export interface OpenState {
  readonly write: (isOpen: boolean) => void
  /** The panel was open less than 30 minutes ago, and opening it again covers nothing that the visitor went to see. */
  readonly shouldRestore: () => boolean
}

export function createOpenState(scope: string): OpenState {
  const name = `porchlight:${scope}`
  // The core keeps its own copy of the draft under the same name.
  const read = (): { readonly openAt?: number } => JSON.parse(sessionStorage.getItem(name) ?? '{}')
  return {
    write(isOpen) {
      try {
        const { openAt: _, ...others } = read()
        const next = isOpen ? { ...others, openAt: Date.now() } : others
        if (Object.keys(next).length > 0) sessionStorage.setItem(name, JSON.stringify(next))
        else sessionStorage.removeItem(name)
      } catch {
        // A denied storage remembers nothing.
      }
    },
    shouldRestore() {
      try {
        const { openAt = 0 } = read()
        if (Date.now() - openAt > freshMs) return false
      } catch {
        return false
      }
      const [navigation] = performance.getEntriesByType?.('navigation') ?? []
      const isNewPage = (navigation as PerformanceNavigationTiming | undefined)?.type === 'navigate'
      return !(isNewPage && matchMedia(sheetQuery).matches)
    }
  }
}
