import type { HistoryEntry, HistoryFact } from './entry.js'

/** Writes down what parties do and see, for {@link checkHistory}. */
export interface HistoryRecorder {
  /** Adds an entry of `party`, now. */
  readonly record: (party: string, fact: HistoryFact) => void
  readonly entries: () => readonly HistoryEntry[]
  /** The history as JSON lines. */
  readonly toLines: () => string
}

/**
 * An empty history.
 *
 * @param now The one clock of all entries, in milliseconds. Default `Date.now`.
 *
 * @example
 * ```ts
 * import { checkHistory, createHistory } from '@porchlight/adapters/testing'
 *
 * const history = createHistory()
 * history.record('ann', { type: 'acked', c: 'c1', epoch: 'e1', seq: 1, id: 'a' })
 * history.record('store', { type: 'rows', c: 'c1', epoch: 'e1', rows: [] })
 * for (const { invariant, message } of checkHistory(history.entries())) console.log(invariant, message) // I1 …
 * ```
 */
export function createHistory(now: () => number = Date.now): HistoryRecorder {
  const entries: HistoryEntry[] = []
  return {
    record: (party, fact) => void entries.push({ at: now(), party, ...fact }),
    entries: () => entries,
    toLines: () => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  }
}

/**
 * Reads a history of JSON lines back, or several of the same clock, put in the order of their time.
 *
 * @throws {SyntaxError} When a line is no JSON.
 */
export function parseHistory(...files: readonly string[]): readonly HistoryEntry[] {
  const entries = files.flatMap((lines) =>
    lines
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): HistoryEntry => JSON.parse(line))
  )
  // A sort is stable, so what one file says keeps its order within a millisecond.
  return files.length > 1 ? entries.sort((a, b) => a.at - b.at) : entries
}
