import type { HistoryFact } from '../src/testing/index.js'
import type { Example, Line } from './history-of-messages.js'

const client = 'ann'
const attempt: HistoryFact = { type: 'attempt', client }
const woken: HistoryFact = { type: 'woken', client }
const ended = (waitMs?: number): HistoryFact => ({ type: 'ended', client, waitMs })
const welcomed = (generation: number): HistoryFact => ({ type: 'welcomed', client, generation })

/** Connections that are had, last so long and are tried again so much later, one after the other. */
const inAndOut = (lastedMs: number, waitedMs: number, before: readonly HistoryFact[] = []): readonly Line[] =>
  Array.from({ length: 16 }, (_, index): readonly Line[] => {
    const now = index * (lastedMs + waitedMs)
    return [
      ...before.map((fact): Line => [now, 'ann', fact]),
      [now, 'ann', attempt],
      [now, 'ann', welcomed(index + 1)],
      [now + lastedMs, 'ann', ended()]
    ]
  }).flat()

/** Of who comes back when, after a connection that broke or was refused. */
export const connectionExamples: readonly Example[] = [
  {
    invariant: 'I10',
    title: 'a client comes back earlier than it was told',
    bad: [
      [0, 'ann', attempt],
      [5, 'ann', ended(10_000)],
      [9_800, 'ann', attempt]
    ],
    good: [
      [0, 'ann', attempt],
      [5, 'ann', ended(10_000)],
      [10_005, 'ann', attempt]
    ]
  },
  {
    invariant: 'I10',
    title: 'somebody who looks makes a client come back earlier than it was told',
    bad: [
      [0, 'ann', attempt],
      [5, 'ann', ended(10_000)],
      [3_000, 'ann', woken],
      [3_000, 'ann', attempt]
    ],
    good: [
      [0, 'ann', attempt],
      [5, 'ann', ended()],
      [3_000, 'ann', woken],
      [3_000, 'ann', attempt]
    ]
  },
  {
    invariant: 'I10',
    title: 'a client that is let in and thrown out knocks without a pause',
    bad: inAndOut(300, 600),
    good: inAndOut(300, 900)
  },
  {
    invariant: 'I10',
    title: 'a client takes a connection of some seconds for a good one',
    bad: [[0, 'ann', attempt], [0, 'ann', welcomed(1)], [9_999, 'ann', ended()], ...later(inAndOut(0, 500), 10_000)],
    good: [
      ...inAndOut(0, 500).slice(0, 30),
      [7_500, 'ann', attempt],
      [7_500, 'ann', welcomed(11)],
      [17_500, 'ann', ended()],
      [17_600, 'ann', attempt]
    ]
  },
  {
    invariant: 'I10',
    title: 'a client knocks without a pause, and nobody woke it',
    bad: inAndOut(100, 200),
    good: inAndOut(100, 200, [woken])
  }
]

function later(lines: readonly Line[], byMs: number): readonly Line[] {
  return lines.map(([at, party, fact]) => [at + byMs, party, fact])
}
