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
  const name = `porchlight:${scope}:open`
  return {
    write(isOpen) {
      try {
        if (isOpen) sessionStorage.setItem(name, `${Date.now()}`)
        else sessionStorage.removeItem(name)
      } catch {
        // A denied storage remembers nothing.
      }
    },
    shouldRestore() {
      try {
        if (Date.now() - Number(sessionStorage.getItem(name)) > freshMs) return false
      } catch {
        return false
      }
      const [navigation] = performance.getEntriesByType?.('navigation') ?? []
      const isNewPage = (navigation as PerformanceNavigationTiming | undefined)?.type === 'navigate'
      return !(isNewPage && matchMedia(sheetQuery).matches)
    }
  }
}
