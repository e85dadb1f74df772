import { describe, expect, it } from 'vitest'
import { checkHistory, createHistory, type HistoryEntry, parseHistory } from '../src/testing/index.js'
import { connectionExamples } from './history-of-connections.js'
import { homeExamples } from './history-of-homes.js'
import { type Line, messageExamples } from './history-of-messages.js'

const examples = [...messageExamples, ...homeExamples, ...connectionExamples]
const historyOf = (lines: readonly Line[]): HistoryEntry[] => lines.map(([at, party, fact]) => ({ at, party, ...fact }))

describe.each(examples)('$invariant: $title', ({ invariant, bad, good }) => {
  it('is found', () => {
    const found = checkHistory(historyOf(bad))
    expect(new Set(found.map((violation) => violation.invariant))).toEqual(new Set([invariant]))
  })

  it('and its neighbour is not', () => {
    expect(checkHistory(historyOf(good))).toEqual([])
  })
})

describe('a history', () => {
  it('is the same after it was written and read', () => {
    let now = 5
    const history = createHistory(() => now++)
    history.record('ann', { type: 'composed', key: 'a “quoted”\ntext' })
    history.record('ann', { type: 'accepted', key: 'a “quoted”\ntext', id: 'a' })
    expect(parseHistory(history.toLines())).toEqual(history.entries())
  })

  it('of several files is put in the order of time, and keeps the order within each', () => {
    const one = createHistory(() => 2)
    one.record('a', { type: 'composed', key: '1' })
    one.record('a', { type: 'composed', key: '2' })
    const two = createHistory(() => 1)
    two.record('b', { type: 'composed', key: '3' })
    expect(parseHistory(one.toLines(), two.toLines()).map((entry) => ('key' in entry ? entry.key : ''))).toEqual(['3', '1', '2'])
  })

  it('is judged by every invariant', () => {
    const invariants = new Set(examples.map(({ invariant }) => invariant))
    expect(invariants.size).toBe(13)
  })
})
