import type { Clock } from '../clock.js'

/** Why somebody who wants chats gets none. `idle`: nobody is at his console; `unanswered`: he let a customer's first text wait. */
export type Absence = 'idle' | 'unanswered'

/** What a restart must not forget. */
export interface Attention {
  readonly absence: Absence | null
  /** When his console last said that somebody is at it; null: it never does. */
  readonly inputAt: number | null
}

/** What keeping absences works with. */
export interface AbsencesOptions {
  readonly clock: Clock
  /** A customer could be given to him: he wants chats, and a console of his is connected. */
  readonly isOnDuty: (operatorId: string) => boolean
  readonly onChange: (operatorId: string) => void
  readonly keep: (operatorId: string, attention: Attention) => void
}

/** Who is not there although he said so. */
export interface Absences {
  /** Takes in what was kept; what he has done meanwhile is newer. */
  readonly restore: (operatorId: string, attention: Attention) => void
  readonly isRestored: (operatorId: string) => boolean
  readonly of: (operatorId: string) => Absence | null
  readonly set: (operatorId: string, absence: Absence) => void
  /**
   * Somebody did something: with a word to a customer or about himself he is there again whatever he was, with a mere `sign` of his console only where nobody
   * was at it.
   */
  readonly noteInput: (operatorId: string, how: 'word' | 'sign') => void
  /** He may be on duty now. */
  readonly watch: (operatorId: string) => void
  /** When he last did something, as far as this run knows or was told. */
  readonly lastInputMs: (operatorId: string) => number | undefined
  readonly stop: () => void
}

/** Without any input for so long nobody is at a console. */
export const inactiveMs = 600_000
/** A console that comes says so at once when somebody is at it. */
const arrivalMs = 10_000
/** What is remembered of input is at most this old. */
const keptEveryMs = 60_000

interface Entry {
  absence: Absence | null
  inputMs: number | undefined
  /** His console tells when somebody is at it, so its silence says something. */
  isTelling: boolean
  isRestored: boolean
  keptMs: number
  stopTimer: (() => void) | undefined
}

const fresh: Entry = {
  absence: null,
  inputMs: undefined,
  isTelling: false,
  isRestored: false,
  keptMs: Number.NEGATIVE_INFINITY,
  stopTimer: undefined
}

/** Makes an empty set: everybody is believed. */
export function createAbsences({ clock, isOnDuty, onChange, keep }: AbsencesOptions): Absences {
  const entries = new Map<string, Entry>()

  function entryOf(id: string): Entry {
    const known = entries.get(id) ?? { ...fresh }
    entries.set(id, known)
    return known
  }

  function keepNow(id: string, entry: Entry): void {
    entry.keptMs = clock.now()
    keep(id, { absence: entry.absence, inputAt: entry.isTelling ? (entry.inputMs ?? null) : null })
  }

  function change(id: string, absence: Absence | null): void {
    const entry = entryOf(id)
    if (entry.absence === absence) return
    entry.absence = absence
    keepNow(id, entry)
    onChange(id)
  }

  function watch(id: string, leastMs = arrivalMs): void {
    const entry = entryOf(id)
    if (!entry.isTelling || entry.stopTimer || !isOnDuty(id)) return
    const delayMs = (entry.inputMs ?? clock.now()) + inactiveMs - clock.now()
    entry.stopTimer = clock.setTimer(
      () => {
        entry.stopTimer = undefined
        if (clock.now() - (entry.inputMs ?? 0) < inactiveMs) watch(id, 0)
        else if (entry.absence === null && isOnDuty(id)) change(id, 'idle')
      },
      Math.max(delayMs, leastMs)
    )
  }

  return {
    restore: (id, { absence, inputAt }) => {
      const entry = entryOf(id)
      entry.isRestored = true
      entry.absence = entry.inputMs === undefined ? absence : entry.absence
      entry.isTelling ||= inputAt !== null
      entry.inputMs ??= inputAt ?? undefined
    },
    isRestored: (id) => entries.get(id)?.isRestored ?? false,
    of: (id) => entries.get(id)?.absence ?? null,
    set: change,
    noteInput: (id, how) => {
      const entry = entryOf(id)
      const isFirst = how === 'sign' && !entry.isTelling
      entry.inputMs = clock.now()
      if (isFirst) entry.isTelling = true
      if (how === 'word' || entry.absence === 'idle') change(id, null)
      if (entry.isTelling && (isFirst || clock.now() - entry.keptMs >= keptEveryMs)) keepNow(id, entry)
      watch(id)
    },
    watch,
    lastInputMs: (id) => entries.get(id)?.inputMs,
    stop: () => {
      for (const { stopTimer } of entries.values()) stopTimer?.()
    }
  }
}
