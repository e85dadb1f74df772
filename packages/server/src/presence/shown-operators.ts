import type { Clock } from '../clock.js'

/** Changes of one operator that others may see … */
const changesMax = 3
/** … within this. */
const changesWithinMs = 120_000
/** Who has come and gone too often is believed after being there for this long without a break. */
const stableMs = 20_000

/** What is known of one operator on one site. */
export interface Sighting {
  readonly site: string
  readonly operator: { readonly id: string; readonly name: string }
  /** He has a lease. */
  readonly isThere: boolean
  /** He has one that is not suspect. */
  readonly isLive: boolean
}

/** Options of {@link createShownOperators}. */
export interface ShownOperatorsOptions {
  readonly clock: Clock
  /** An operator is shown from now on, or not any more. */
  readonly onChange: (site: string, operator: Sighting['operator']) => void
}

/** Which operators are shown as being there. Somebody whose link comes and goes is not shown each time. */
export interface ShownOperators {
  readonly see: (sighting: Sighting) => void
  /** Shown since the run before, which is no change. */
  readonly restore: (site: string, operatorId: string) => void
  /** He signed out: an act of his own, and not a link that comes and goes. */
  readonly forget: (site: string, operatorId: string) => void
  readonly isShown: (site: string, operatorId: string) => boolean
  readonly stop: () => void
}

interface Shown {
  isShown: boolean
  /** When others saw a change, oldest first. */
  changes: number[]
  liveSinceMs: number | undefined
  stopTimer: () => void
}

/** Makes an empty set: nobody is shown. */
export function createShownOperators({ clock, onChange }: ShownOperatorsOptions): ShownOperators {
  const shown = new Map<string, Shown>()

  /** What lies far ahead was seen before the clock was set back, and how long ago nobody knows. */
  function isRecent(at: number): boolean {
    return Math.abs(clock.now() - at) < changesWithinMs
  }

  function entryOf(key: string): Shown {
    const known = shown.get(key) ?? { isShown: false, changes: [], liveSinceMs: undefined, stopTimer: () => {} }
    shown.set(key, known)
    return known
  }

  /** When he may be shown: at once, unless that and his next going would be one change too many. */
  function showableAt({ changes, liveSinceMs = clock.now() }: Shown): number {
    const recent = changes.filter(isRecent)
    if (recent.length + 2 <= changesMax) return clock.now()
    const roomAt = (recent.at(-(changesMax - 1)) as number) + changesWithinMs
    return Math.max(liveSinceMs + stableMs, roomAt)
  }

  function settle(entry: Shown, sighting: Sighting): void {
    entry.stopTimer()
    if (entry.isShown === sighting.isThere) return
    if (!entry.isShown) {
      // Suspect is not there surely, and not a reason to come into sight.
      if (!sighting.isLive) return
      const waitMs = showableAt(entry) - clock.now()
      if (waitMs > 0) {
        entry.stopTimer = clock.setTimer(() => settle(entry, sighting), waitMs)
        return
      }
    }
    entry.isShown = sighting.isThere
    entry.changes = [...entry.changes.filter(isRecent), clock.now()]
    onChange(sighting.site, sighting.operator)
  }

  return {
    see: (sighting) => {
      const entry = entryOf(`${sighting.site} ${sighting.operator.id}`)
      entry.liveSinceMs = sighting.isLive ? (entry.liveSinceMs ?? clock.now()) : undefined
      settle(entry, sighting)
    },
    restore: (site, operatorId) => {
      entryOf(`${site} ${operatorId}`).isShown = true
    },
    forget: (site, operatorId) => {
      entryOf(`${site} ${operatorId}`).changes = []
    },
    isShown: (site, operatorId) => shown.get(`${site} ${operatorId}`)?.isShown ?? false,
    stop: () => {
      for (const { stopTimer } of shown.values()) stopTimer()
    }
  }
}
