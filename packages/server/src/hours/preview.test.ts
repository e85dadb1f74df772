import { type OpenTime, type PreviewedDay, parse, type SiteHours, SiteHoursSchema, weekdays } from '@porchlight/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openingAt } from './opening.js'
import { previewHours } from './preview.js'
import { createZoneOffset } from './zone-offset.js'

const zoneOffset = createZoneOffset()
const hourMs = 3_600_000

/** `09:00-18:00`. */
function time(text: string): OpenTime {
  return { from: text.slice(0, 5), to: text.slice(6) }
}

function daily(zone: string, ...times: readonly string[]): SiteHours {
  return { zone, week: Object.fromEntries(weekdays.map((day) => [day, times.map(time)])) }
}

function preview(hours: SiteHours, at: string): readonly PreviewedDay[] {
  return previewHours(hours, Date.parse(at), (instantMs) => zoneOffset(hours.zone, instantMs)).days
}

/** The day in a line: how long it is, what the clocks show when it opens and closes, and for how many hours that is. */
function told({ date, startsAt, endsAt, isException, open }: PreviewedDay): string {
  const times = open.map((each) => {
    const day = each.localEnd.startsWith(date) ? '' : '+'
    return `${each.localStart.slice(11)}-${each.localEnd.slice(11)}${day} ${(each.endsAt - each.startsAt) / hourMs}h`
  })
  return [`${date} ${(endsAt - startsAt) / hourMs}h`, ...(isException ? ['exception'] : []), ...times].join(', ')
}

function tellDay(hours: SiteHours, at: string, date: string): string | undefined {
  return preview(hours, at)
    .filter((day) => day.date === date)
    .map(told)[0]
}

it.each([
  ['Europe/Warsaw', '2026-03-20T12:00Z', '2026-03-29', '2026-03-29 23h, 01:00-04:00 2h, 22:00-02:00+ 4h'],
  ['Europe/Warsaw', '2026-10-20T12:00Z', '2026-10-25', '2026-10-25 25h, 01:00-04:00 4h, 22:00-02:00+ 4h'],
  ['America/New_York', '2026-03-01T12:00Z', '2026-03-08', '2026-03-08 23h, 01:00-04:00 2h, 22:00-02:00+ 4h'],
  ['America/New_York', '2026-10-30T12:00Z', '2026-11-01', '2026-11-01 25h, 01:00-04:00 4h, 22:00-02:00+ 4h'],
  ['Australia/Lord_Howe', '2026-10-01T12:00Z', '2026-10-04', '2026-10-04 23.5h, 01:00-04:00 2.5h, 22:00-02:00+ 4h'],
  ['Australia/Lord_Howe', '2026-04-01T12:00Z', '2026-04-05', '2026-04-05 24.5h, 01:00-04:00 3.5h, 22:00-02:00+ 4h']
])('the day on which clocks change in %s is as long as it is, and so is what is open on it (%s)', (zone, at, date, expected) => {
  expect(tellDay(daily(zone, '01:00-04:00', '22:00-02:00'), at, date)).toBe(expected)
})

it('T57: what lies within the hour that is skipped is not open, and what begins in it begins at its end', () => {
  expect(tellDay(daily('Europe/Warsaw', '02:10-02:50'), '2026-03-20T12:00Z', '2026-03-29')).toBe('2026-03-29 23h')
  expect(tellDay(daily('Europe/Warsaw', '02:30-06:00'), '2026-03-20T12:00Z', '2026-03-29')).toBe('2026-03-29 23h, 03:00-06:00 3h')
})

it('T59: a holiday and an exception stand in the place of the week, on their day only', () => {
  const hours: SiteHours = {
    ...daily('Europe/Warsaw', '09:00-17:00'),
    holidays: [{ day: '12-25', open: [] }],
    exceptions: [{ date: '2026-12-24', open: [time('09:00-13:00')] }]
  }
  expect(preview(hours, '2026-12-23T12:00Z').slice(0, 4).map(told)).toEqual([
    '2026-12-23 24h, 09:00-17:00 8h',
    '2026-12-24 24h, exception, 09:00-13:00 4h',
    '2026-12-25 24h, exception',
    '2026-12-26 24h, 09:00-17:00 8h'
  ])
})

it('fourteen days begin with the zone’s own today, and with what goes on from the evening before', () => {
  const days = preview(daily('Pacific/Kiritimati', '22:00-02:00'), '2026-12-31T11:00Z')
  expect(days).toHaveLength(14)
  expect(days.slice(0, 2).map(told)).toEqual(['2027-01-01 24h, 22:00-02:00 4h, 22:00-02:00+ 4h', '2027-01-02 24h, 22:00-02:00+ 4h'])
  expect(days[0]?.open[0]?.localStart).toBe('2026-12-31T22:00')
})

it('a day that a zone skips is not among them', () => {
  expect(preview(daily('Pacific/Apia', '09:00-17:00'), '2011-12-29T12:00Z').map(({ date }) => date.slice(8))).toEqual([
    '29',
    '31',
    '01',
    '02',
    '03',
    '04',
    '05',
    '06',
    '07',
    '08',
    '09',
    '10',
    '11',
    '12'
  ])
})

it('what touches is one opening', () => {
  expect(told(preview(daily('UTC', '12:00-17:00', '09:00-12:00'), '2026-11-22T12:00Z')[0] as PreviewedDay)).toBe('2026-11-22 24h, 09:00-17:00 8h')
})

const minute = fc
  .integer({ min: 0, max: 1_439 })
  .map((each) => `${String(Math.floor(each / 60)).padStart(2, '0')}:${String(each % 60).padStart(2, '0')}`)
const someTimes = fc.array(fc.record({ from: minute, to: minute }), { maxLength: 2 })
const someHours = fc
  .record({
    zone: fc.constantFrom('Europe/Warsaw', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut', 'Asia/Kathmandu'),
    week: fc.record(Object.fromEntries(weekdays.map((day) => [day, someTimes]))),
    exceptions: fc.constantFrom([], [{ date: '2026-03-29', open: [] }], [{ date: '2026-10-25', open: [time('20:00-04:00')] }])
  })
  .filter((hours) => isTaken(hours))

function isTaken(hours: unknown): boolean {
  try {
    return parse(SiteHoursSchema, hours) !== null
  } catch {
    return false
  }
}

it('it shows a site open exactly when the light would be on', () => {
  const starts = fc.constantFrom('2026-03-01T12:00Z', '2026-03-25T12:00Z', '2026-09-28T23:30Z', '2026-10-20T12:00Z', '2026-10-31T03:59Z')
  fc.assert(
    fc.property(someHours, starts, fc.array(fc.integer({ min: 0, max: 13 * 24 * 60 }), { minLength: 10, maxLength: 10 }), (hours, start, minutes) => {
      const offset = (instantMs: number): number => zoneOffset(hours.zone, instantMs)
      const { days } = previewHours(hours, Date.parse(start), offset)
      for (const after of minutes) {
        const at = Date.parse(start) + after * 60_000
        const isShownOpen = days.some(({ open }) => open.some(({ startsAt, endsAt }) => startsAt <= at && at < endsAt))
        expect([at, isShownOpen]).toEqual([at, openingAt(hours, at, offset).isOpen])
      }
    })
  )
})
