import { useState } from 'preact/hooks'

/** A page of older rows. */
const pageRows = 50
/** Rows drawn at first, and again when the reader is back at the end. */
const firstRows = 100
/** More than this are not kept while the reader is at the end … */
const mostRows = 300
/** … and more than this never. */
const mostRowsEver = 500

/** Which entries are drawn, by index: from `start` up to but without `end`. */
export interface RowWindow {
  readonly start: number
  readonly end: number
}

/** Bounds the rows of a long conversation without moving what is being read. `pinned` is the index of the first row so far, or -1. */
export function rowWindow(count: number, pinned: number, isAtBottom: boolean): RowWindow {
  const newest = Math.max(0, count - firstRows)
  const isLetGo = pinned < 0 || (isAtBottom && count - pinned > mostRows)
  const start = isLetGo ? newest : isAtBottom ? Math.min(pinned, newest) : pinned
  return { start, end: Math.min(count, isAtBottom ? count : start + mostRowsEver) }
}

/** Where older entries come from. */
export interface OlderEntries<E> {
  /** Older ones wait on the server. */
  readonly hasOlder: boolean
  readonly load: () => Promise<void>
  readonly entries: () => readonly E[]
}

/** The drawn part of a list, and the way to earlier rows. */
export interface DrawnRows<E> {
  readonly rows: readonly E[]
  /** There are entries before the drawn ones, here or on the server. */
  readonly hasEarlier: boolean
  /** Draws a page more; resolves to the number of entries that came. */
  readonly showEarlier: () => Promise<number>
}

export function useRowWindow<E extends { readonly id: string }>(entries: readonly E[], isAtBottom: boolean, older: OlderEntries<E>): DrawnRows<E> {
  const [firstId, setFirstId] = useState<string | undefined>()
  const pinned = firstId === undefined ? -1 : entries.findIndex(({ id }) => id === firstId)
  const { start, end } = rowWindow(entries.length, pinned, isAtBottom)
  const rows = entries.slice(start, end)
  if (rows[0] && rows[0].id !== firstId) setFirstId(rows[0].id)

  async function showEarlier(): Promise<number> {
    const count = older.entries().length
    if (start === 0) await older.load()
    const all = older.entries()
    const next = start === 0 ? 0 : Math.max(0, start - pageRows)
    setFirstId(all[next]?.id)
    return start === 0 ? all.length - count : start - next
  }

  return { rows, hasEarlier: start > 0 || older.hasOlder, showEarlier }
}
