import type { OpenTime, SiteHours, Weekday } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { openingAt } from './opening.js'
import { createZoneOffset } from './zone-offset.js'

const zoneOffset = createZoneOffset()
const everyDay: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** `09:00-18:00 20:00-22:00`. */
function times(text: string): OpenTime[] {
  return text.split(' ').map((part) => ({ from: part.slice(0, 5), to: part.slice(6) }))
}

function daily(zone: string, text: string): SiteHours {
  return { zone, week: Object.fromEntries(everyDay.map((day) => [day, times(text)])) }
}

/** `open` or why not, and the next change as an instant in UTC. */
function look(hours: SiteHours, at: string): string {
  const opening = openingAt(hours, Date.parse(at), (instantMs) => zoneOffset(hours.zone, instantMs))
  const change = opening.isOpen ? opening.closesAt : opening.opensAt
  return `${opening.isOpen ? 'open' : opening.reason} ${change === undefined ? 'for good' : new Date(change).toISOString().replace(':00.000Z', 'Z')}`
}

interface Row {
  readonly what: string
  readonly hours: SiteHours
  readonly at: string
  readonly expected: string
}

function table(rows: readonly (readonly [what: string, hours: SiteHours, at: string, expected: string])[]): Row[] {
  return rows.map(([what, hours, at, expected]) => ({ what, hours, at, expected }))
}

// Europe/Berlin skips 02:00 to 03:00 on 29 March 2026, at 01:00Z. Beirut skips the first hour of that day, at 22:00Z the day before.
const spring = table([
  ['what begins in the gap begins at its end', daily('Europe/Berlin', '02:30-06:00'), '2026-03-29T00:59Z', 'hours 2026-03-29T01:00Z'],
  ['and is open from then on', daily('Europe/Berlin', '02:30-06:00'), '2026-03-29T01:00Z', 'open 2026-03-29T04:00Z'],
  ['what ends in the gap ends at its end', daily('Europe/Berlin', '00:00-02:30'), '2026-03-29T00:59Z', 'open 2026-03-29T01:00Z'],
  ['what lies within the gap is not there that day', daily('Europe/Berlin', '02:10-02:50'), '2026-03-29T00:30Z', 'hours 2026-03-30T00:10Z'],
  ['what spans the gap is an hour shorter', daily('Europe/Berlin', '01:00-04:00'), '2026-03-29T00:00Z', 'open 2026-03-29T02:00Z'],
  ['the next morning is 23 hours away', daily('Europe/Berlin', '09:00-18:00'), '2026-03-28T17:00Z', 'hours 2026-03-29T07:00Z'],
  ['a day that begins at one begins then', daily('Asia/Beirut', '00:00-08:00'), '2026-03-28T21:59Z', 'hours 2026-03-28T22:00Z'],
  ['nothing is open in the hour that it lacks', daily('Asia/Beirut', '00:00-00:30'), '2026-03-28T22:10Z', 'hours 2026-03-29T21:00Z'],
  ['Lord Howe skips half an hour', daily('Australia/Lord_Howe', '02:15-05:00'), '2026-10-03T15:29Z', 'hours 2026-10-03T15:30Z'],
  ['and what follows is half an hour earlier', daily('Australia/Lord_Howe', '02:15-05:00'), '2026-10-03T15:30Z', 'open 2026-10-03T18:00Z'],
  ['Samoa had no 30 December 2011', daily('Pacific/Apia', '09:00-17:00'), '2011-12-30T03:00Z', 'hours 2011-12-30T19:00Z']
])

// Europe/Berlin shows 02:00 to 03:00 twice on 25 October 2026, from 00:00Z on; Lord Howe 01:30 to 02:00 on 5 April, from 14:30Z the day before.
const autumn = table([
  ['open both times', daily('Europe/Berlin', '02:00-03:00'), '2026-10-25T00:00Z', 'open 2026-10-25T02:00Z'],
  ['also the second time', daily('Europe/Berlin', '02:00-03:00'), '2026-10-25T01:59Z', 'open 2026-10-25T02:00Z'],
  ['and no longer', daily('Europe/Berlin', '02:00-03:00'), '2026-10-25T02:00Z', 'hours 2026-10-26T01:00Z'],
  ['what ends in it ends the second time', daily('Europe/Berlin', '22:00-02:30'), '2026-10-25T00:45Z', 'open 2026-10-25T01:30Z'],
  ['what begins in it begins the first time', daily('Europe/Berlin', '02:30-06:00'), '2026-10-25T00:29Z', 'hours 2026-10-25T00:30Z'],
  ['what lies within it goes on until the second time is over', daily('Europe/Berlin', '02:15-02:45'), '2026-10-25T01:10Z', 'open 2026-10-25T01:45Z'],
  ['what ends when it begins has ended', daily('Europe/Berlin', '22:00-02:00'), '2026-10-25T00:00Z', 'hours 2026-10-25T21:00Z'],
  ['the next morning is 25 hours away', daily('Europe/Berlin', '09:00-18:00'), '2026-10-24T16:00Z', 'hours 2026-10-25T08:00Z'],
  ['Lord Howe repeats half an hour', daily('Australia/Lord_Howe', '01:30-02:00'), '2026-04-04T14:30Z', 'open 2026-04-04T15:30Z'],
  [
    'an evening that is repeated is open until midnight comes for good',
    daily('Asia/Beirut', '22:00-24:00'),
    '2026-10-24T21:30Z',
    'open 2026-10-24T22:00Z'
  ],
  ['and the day after it begins then', daily('Asia/Beirut', '00:00-08:00'), '2026-10-24T21:30Z', 'hours 2026-10-24T22:00Z']
])

const night: SiteHours = {
  zone: 'Europe/Warsaw',
  week: { fri: times('22:00-02:00'), sat: times('10:00-14:00'), sun: times('20:00-03:00') },
  holidays: [
    { day: '12-25', open: [] },
    { day: '02-29', open: times('12:00-13:00') }
  ],
  exceptions: [
    { date: '2026-11-28', open: [] },
    { date: '2026-12-04', open: times('23:00-01:00') },
    { date: '2027-12-25', open: times('10:00-11:00') }
  ]
}

const midnight = table([
  ['what began on Friday goes on', night, '2026-11-21T00:59Z', 'open 2026-11-21T01:00Z'],
  ['and has ended', night, '2026-11-21T01:00Z', 'hours 2026-11-21T09:00Z'],
  ['a closed Saturday does not cut what began on Friday', night, '2026-11-28T00:30Z', 'open 2026-11-28T01:00Z'],
  ['but is closed after it', night, '2026-11-28T10:00Z', 'exception 2026-11-29T19:00Z'],
  ['other hours on a Friday reach into Saturday, too', night, '2026-12-04T23:59Z', 'open 2026-12-05T00:00Z'],
  ['and take the place of those of the week', night, '2026-12-04T21:30Z', 'exception 2026-12-04T22:00Z'],
  ['a holiday on a Friday has no night', night, '2026-12-25T22:00Z', 'exception 2026-12-26T09:00Z'],
  ['an exception goes before a holiday', night, '2027-12-25T09:30Z', 'open 2027-12-25T10:00Z'],
  ['29 February is in leap years', night, '2028-02-29T11:00Z', 'open 2028-02-29T12:00Z'],
  ['and in no others', night, '2027-02-28T12:00Z', 'hours 2027-02-28T19:00Z'],
  ['what crosses the year goes on in the next', daily('Europe/Warsaw', '22:00-02:00'), '2026-12-31T23:30Z', 'open 2027-01-01T01:00Z'],
  ['Sunday night goes on in the new week', night, '2026-11-23T01:59Z', 'open 2026-11-23T02:00Z']
])

const plain = table([
  ['all day and every day never closes', daily('Asia/Tokyo', '00:00-24:00'), '2026-11-22T12:00Z', 'open for good'],
  ['not where clocks change either', daily('Europe/Berlin', '00:00-24:00'), '2026-10-25T00:30Z', 'open for good'],
  ['an empty week never opens', { zone: 'Asia/Tokyo', week: {} }, '2026-11-22T12:00Z', 'hours for good'],
  ['what touches is one', daily('Asia/Tokyo', '09:00-12:00 12:00-17:00'), '2026-11-22T02:00Z', 'open 2026-11-22T08:00Z'],
  ['times of a day need no order', daily('Asia/Tokyo', '13:00-17:00 09:00-12:00'), '2026-11-22T01:00Z', 'open 2026-11-22T03:00Z'],
  ['Nepal is 5:45 ahead', daily('Asia/Kathmandu', '09:00-18:00'), '2026-11-22T03:14Z', 'hours 2026-11-22T03:15Z'],
  ['India is 5:30 ahead', daily('Asia/Kolkata', '09:00-18:00'), '2026-11-22T03:30Z', 'open 2026-11-22T12:30Z'],
  ['Chatham is 12:45 ahead, 13:45 in summer', daily('Pacific/Chatham', '09:00-17:00'), '2026-11-21T19:15Z', 'open 2026-11-22T03:15Z'],
  ['a second before it opens it is closed', daily('UTC', '09:00-17:00'), '2026-11-22T08:59:59.999Z', 'hours 2026-11-22T09:00Z'],
  [
    'an opening within sixty days is found',
    { zone: 'UTC', week: {}, exceptions: [{ date: '2027-01-21', open: times('09:00-10:00') }] },
    '2026-11-22T12:00Z',
    'hours 2027-01-21T09:00Z'
  ],
  [
    'and a later one is not looked for',
    { zone: 'UTC', week: {}, exceptions: [{ date: '2027-01-22', open: times('09:00-10:00') }] },
    '2026-11-22T12:00Z',
    'hours for good'
  ]
])

const isToldSo = ({ hours, at, expected }: Row): void => expect(look(hours, at)).toBe(expected)

it.each(spring)('T57: $what ($hours.zone at $at)', isToldSo)
it.each(autumn)('T58: $what ($hours.zone at $at)', isToldSo)
it.each(midnight)('T59: $what ($hours.zone at $at)', isToldSo)
it.each(plain)('$what ($hours.zone at $at)', isToldSo)

it.each([
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['US/Eastern', 'America/New_York']
])('T60: a zone that was renamed is still known by its old name: %s as %s', (old, name) => {
  for (const at of ['2026-01-15T07:30Z', '2026-07-15T07:30Z']) expect(look(daily(old, '09:00-18:00'), at)).toBe(look(daily(name, '09:00-18:00'), at))
})
