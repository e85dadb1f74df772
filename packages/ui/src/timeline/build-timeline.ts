import { dayNumber } from '../i18n/dates.js'

/** What the timeline needs to know of an entry. */
export interface TimelineEntry {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly by: { readonly role: string; readonly id: string }
}

/** One row of a transcript. */
export type TimelineRow<E> =
  | { readonly row: 'day'; readonly day: number; readonly at: number }
  | { readonly row: 'entry'; readonly entry: E; readonly startsGroup: boolean; readonly endsGroup: boolean }

/** Messages of one author that follow each other within this stand under one name. */
const groupMs = 180_000

/**
 * Lays entries out in the order given: a row before the first entry of each calendar day, and groups of messages of one author.
 *
 * @param isMessage Whether an entry can stand in a group; any other entry ends one.
 */
export function buildTimeline<E extends TimelineEntry>(entries: readonly E[], isMessage: (entry: E) => boolean): readonly TimelineRow<E>[] {
  const joins = (entry: E | undefined, next: E | undefined) =>
    entry !== undefined &&
    next !== undefined &&
    isMessage(entry) &&
    isMessage(next) &&
    entry.by.role === next.by.role &&
    entry.by.id === next.by.id &&
    Math.abs(next.at - entry.at) <= groupMs &&
    dayNumber(entry.at) === dayNumber(next.at)
  const rows: TimelineRow<E>[] = []
  entries.forEach((entry, index) => {
    const previous = entries[index - 1]
    const day = dayNumber(entry.at)
    if (!previous || dayNumber(previous.at) !== day) rows.push({ row: 'day', day, at: entry.at })
    rows.push({ row: 'entry', entry, startsGroup: !joins(previous, entry), endsGroup: !joins(entry, entries[index + 1]) })
  })
  return rows
}
