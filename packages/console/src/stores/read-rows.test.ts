import { ConversationRowSchema, InboxSnapshotSchema, MeSchema, parse, RequestRowSchema, type Schema, SiteRowSchema } from '@porchlight/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aConversation, anInbox, aRequest, olive, oliveAtWork, shop } from '../../test/rows.js'
import { readConversationRow, readInbox, readMe, readRequestRow, readSiteRow } from './read-rows.js'
import { type Reader, readAs } from './reader.js'

const inbox = anInbox({ head: 4, conversations: [aConversation()], requests: [aRequest()], operators: [oliveAtWork] })
const cases: readonly (readonly [string, Reader<unknown>, Schema<unknown>, unknown])[] = [
  ['a conversation', readConversationRow, ConversationRowSchema, aConversation({ assignee: { id: 'o_1', name: 'Olive' } })],
  ['a request', readRequestRow, RequestRowSchema, aRequest({ due: 5, mail: { notice: 'sent', answer: 'failed' } })],
  ['an inbox', readInbox, InboxSnapshotSchema, inbox],
  ['an operator', readMe, MeSchema, olive],
  ['a site', readSiteRow, SiteRowSchema, shop]
]

it.each(cases)('%s passes unchanged, without what it does not know', (_, reader, __, sample) => {
  expect(readAs(reader, { ...(sample as object), extra: 1 })).toEqual(sample)
})

it.each(cases)('%s is never refused where the protocol’s schema takes it, and then gives the same copy', (_, reader, schema, sample) => {
  fc.assert(
    fc.property(damaged(sample), (value) => {
      const expected = verdict(schema, value)
      if (expected !== null) expect(readAs(reader, value)).toEqual(expected)
    }),
    { numRuns: 500 }
  )
})

it.each(cases)('%s with a value of another type anywhere is refused', (_, reader, __, sample) => {
  fc.assert(
    fc.property(damaged(sample, fc.constantFrom(-1, 0.5, true, { a: 1 })), (value) => {
      const read = readAs(reader, value)
      if (read !== null) expect(JSON.stringify(read)).not.toMatch(/-1|0\.5|"a":1/)
    }),
    { numRuns: 500 }
  )
})

it('does not reach a prototype', () => {
  expect(readAs(readMe, JSON.parse('{"__proto__":{"id":"x"}}'))).toBe(null)
})

function verdict(schema: Schema<unknown>, value: unknown): unknown {
  try {
    return parse(schema, value)
  } catch {
    return null
  }
}

/** The sample with one value, somewhere inside, replaced or removed. */
function damaged(sample: unknown, values: fc.Arbitrary<unknown> = fc.jsonValue()): fc.Arbitrary<unknown> {
  return fc.tuple(fc.nat(), fc.boolean(), values).map(([pick, isRemoved, value]) => {
    const copy = structuredClone(sample)
    const places: [Record<string, unknown>, string][] = []
    collectPlaces(copy, places)
    const [holder, key] = places[pick % places.length] as [Record<string, unknown>, string]
    if (isRemoved) delete holder[key]
    else holder[key] = value
    return copy
  })
}

function collectPlaces(value: unknown, places: [Record<string, unknown>, string][]): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    places.push([value as Record<string, unknown>, key])
    collectPlaces(child, places)
  }
}
