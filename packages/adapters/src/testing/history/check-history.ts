import { patient } from './attempts.js'
import { authorOrder, settles, textSafe } from './authors.js'
import type { HistoryEntry } from './entry.js'
import { availability, presence } from './home.js'
import { bounded, fenced, isolated, receipts, states } from './readers.js'
import { dense, durable, sameOrder, unique } from './stored.js'
import type { Check, Violation } from './violation.js'

const checks: readonly Check[] = [
  durable,
  unique,
  sameOrder,
  authorOrder,
  dense,
  receipts,
  states,
  settles,
  presence,
  availability,
  bounded,
  patient,
  textSafe,
  isolated,
  fenced
]

/**
 * Reads what all parties of a run did and saw, and says which promises were broken. It knows nothing of how the run was made, so it
 * judges simulated pages and real browsers, a backend in memory and one on a disk, alike. It sees only what was written down: a history without
 * `rows` cannot show a loss, and one without `settled` cannot show that something never ends.
 *
 * @returns What is broken, in the order of the entries that show it; empty when everything that the history shows is as promised.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { checkHistory, parseHistory } from '@porchlight/adapters/testing'
 *
 * const violations = checkHistory(parseHistory(await readFile('history.jsonl', 'utf8')))
 * for (const { invariant, entry, message } of violations) console.log(`${invariant} at entry ${entry}: ${message}`)
 * ```
 */
export function checkHistory(entries: readonly HistoryEntry[]): readonly Violation[] {
  const violations: Violation[] = []
  for (const check of checks) check(entries, (invariant, entry, message) => void violations.push({ invariant, entry, message }))
  return violations.sort((a, b) => a.entry - b.entry)
}
