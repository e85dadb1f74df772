import { readFile } from 'node:fs/promises'
import { checkHistory, type HistoryEntry, join, parseHistory, type Violation } from '@porchlight/adapters/testing'
import type { ChatAdapter } from '@porchlight/core'
import { rowsOf } from '../faults/rows.js'

/** A visit that is over: its history, and the conversation that came of it. */
export interface EndedVisit {
  readonly path: string
  readonly c: string | undefined
}

/** Judges visits one after the other, each by its history and by what the server has of it now. */
export async function judgeVisits(
  visits: readonly EndedVisit[],
  { adapter, now }: { readonly adapter: ChatAdapter; readonly now: () => number }
): Promise<readonly Violation[]> {
  const reader = await join(adapter)
  const violations: Violation[] = []
  for (const { path, c } of visits) {
    const seen = parseHistory(await readFile(path, 'utf8'))
    const rows: readonly HistoryEntry[] =
      c === undefined ? [] : [{ at: now(), party: 'server', type: 'rows', c, epoch: 'the only one', rows: await rowsOf(reader, c) }]
    // Who has gone long ago has settled, too: what he wrote is stored or refused.
    const settled: HistoryEntry = { at: now(), party: 'run', type: 'settled' }
    for (const violation of checkHistory([...seen, ...rows, settled])) violations.push({ ...violation, message: `${path}: ${violation.message}` })
  }
  reader.leave()
  return violations
}
