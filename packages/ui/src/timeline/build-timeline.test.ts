import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildTimeline, type TimelineEntry } from './build-timeline.js'

const noon = new Date(2026, 10, 22, 12).getTime()
const ann = { role: 'agent', id: 'ann' }
const isText = (entry: TimelineEntry & { k?: string }) => entry.k !== 'status'

function entry(id: string, at: number, by: TimelineEntry['by'] = ann, k = 'text') {
  return { id, at, by, k }
}

test('messages of one author within three minutes are one group', () => {
  const rows = buildTimeline([entry('1', noon), entry('2', noon + 180_000), entry('3', noon + 360_001)], isText)
  expect(rows.slice(1)).toMatchObject([
    { startsGroup: true, endsGroup: false },
    { startsGroup: false, endsGroup: true },
    { startsGroup: true, endsGroup: true }
  ])
})

test('another author, another kind of entry and another day end a group', () => {
  const tomorrow = new Date(2026, 10, 23, 0, 0, 1).getTime()
  const rows = buildTimeline(
    [
      entry('1', noon),
      entry('2', noon, { role: 'agent', id: 'ben' }),
      entry('3', noon, ann, 'status'),
      entry('4', tomorrow - 2_000),
      entry('5', tomorrow)
    ],
    isText
  )
  expect(rows.map((row) => (row.row === 'day' ? 'day' : `${row.startsGroup} ${row.endsGroup}`))).toEqual([
    'day',
    'true true',
    'true true',
    'true true',
    'true true',
    'day',
    'true true'
  ])
})

test('any list of entries keeps its order, and every group that starts ends', () => {
  const anyEntry = fc.record({
    id: fc.uuid(),
    at: fc.integer({ min: noon, max: noon + 3 * 86_400_000 }),
    by: fc.constantFrom(ann, { role: 'visitor', id: 'me' }),
    k: fc.constantFrom('text', 'text', 'status')
  })
  fc.assert(
    fc.property(fc.array(anyEntry), (entries) => {
      const rows = buildTimeline(entries, isText).filter((row) => row.row === 'entry')
      expect(rows.map((row) => row.entry)).toEqual(entries)
      let isOpen = false
      for (const { startsGroup, endsGroup } of rows) {
        expect(startsGroup).toBe(!isOpen)
        isOpen = !endsGroup
      }
      expect(isOpen).toBe(false)
    })
  )
})
