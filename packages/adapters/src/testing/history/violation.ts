import type { EntryOf, HistoryEntry, HistoryFact } from './entry.js'

/** The promises that a history can show to be broken; `docs/faults.md` has their words. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11' | 'I12' | 'I13'

/** A promise that did not hold. */
export interface Violation {
  readonly invariant: Invariant
  /** Index of the entry that shows it. */
  readonly entry: number
  /** What is wrong, in a lower-case sentence. */
  readonly message: string
}

/** Says that a promise is broken at an entry. */
export type Accuse = (invariant: Invariant, entry: number, message: string) => void

/** One look at a whole history. */
export type Check = (entries: readonly HistoryEntry[], accuse: Accuse) => void

/** An entry of one kind and where it stands. */
export interface Found<T extends HistoryFact['type']> {
  readonly index: number
  readonly entry: EntryOf<T>
}

/** All entries of a kind, in order. */
export function allOf<T extends HistoryFact['type']>(entries: readonly HistoryEntry[], type: T): readonly Found<T>[] {
  return entries.flatMap((entry, index) => (entry.type === type ? [{ index, entry: entry as EntryOf<T> }] : []))
}

/** The value under a key, made when it is not there. */
export function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** The newest entry of a kind for each name. */
export function newestOf<T extends HistoryFact['type']>(
  entries: readonly HistoryEntry[],
  type: T,
  nameOf: (entry: EntryOf<T>) => string
): ReadonlyMap<string, Found<T>> {
  return new Map(allOf(entries, type).map((found) => [nameOf(found.entry), found]))
}
