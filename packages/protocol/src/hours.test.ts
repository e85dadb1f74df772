import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type OpenTime, type SiteHours, SiteHoursSchema } from './hours.js'
import { parse } from './parse.js'

const good: SiteHours = {
  zone: 'Europe/Warsaw',
  week: { mon: [{ from: '09:00', to: '18:00' }], fri: [{ from: '22:00', to: '02:00' }], sat: [{ from: '02:00', to: '24:00' }], sun: [] },
  holidays: [
    { day: '12-25', open: [] },
    { day: '02-29', open: [{ from: '10:00', to: '12:00' }] }
  ],
  exceptions: [{ date: '2028-02-29', open: [{ from: '00:00', to: '24:00' }] }]
}

it('hours are read as they are written', () => {
  expect(parse(SiteHoursSchema, good)).toEqual(good)
  expect(parse(SiteHoursSchema, { zone: 'Etc/UTC', week: {} })).toEqual({ zone: 'Etc/UTC', week: {} })
})

const time = (from: string, to: string): OpenTime => ({ from, to })

it.each([
  ['zone: is not a time zone', { ...good, zone: 'Europe/Atlantis' }],
  ['zone: is not a time zone', { ...good, zone: '+02:00' }],
  ['zone: is not a time zone', { ...good, zone: '' }],
  ['zone', { week: {} }],
  ['week', { zone: 'UTC' }],
  ['week.tues', { ...good, week: { tues: [time('09:00', '18:00')] } }],
  ['week.mon.0.from: is not a time', { ...good, week: { mon: [time('9:00', '18:00')] } }],
  ['week.mon.0.from: is not a time', { ...good, week: { mon: [time('24:00', '18:00')] } }],
  ['week.mon.0.to: is not a time', { ...good, week: { mon: [time('09:00', '24:01')] } }],
  ['week.mon.0: ends when it begins', { ...good, week: { mon: [time('09:00', '09:00')] } }],
  ['week.mon: holds times that overlap', { ...good, week: { mon: [time('09:00', '13:00'), time('12:59', '18:00')] } }],
  ['week.mon: holds times that overlap', { ...good, week: { mon: [time('22:00', '02:00'), time('23:00', '24:00')] } }],
  ['week.tue: begins before the day before has ended', { ...good, week: { mon: [time('22:00', '02:00')], tue: [time('01:59', '09:00')] } }],
  ['week.mon: begins before the day before has ended', { ...good, week: { sun: [time('22:00', '02:00')], mon: [time('00:00', '09:00')] } }],
  ['holidays.0.day: is not a day of the year', { ...good, holidays: [{ day: '02-30', open: [] }] }],
  ['holidays.0.day: is not a day of the year', { ...good, holidays: [{ day: '2026-12-25', open: [] }] }],
  [
    'holidays: holds a day twice',
    {
      ...good,
      holidays: [
        { day: '12-25', open: [] },
        { day: '12-25', open: [] }
      ]
    }
  ],
  ['exceptions.0.date: is not a date', { ...good, exceptions: [{ date: '2027-02-29', open: [] }] }],
  ['exceptions.0.date: is not a date', { ...good, exceptions: [{ date: '12-25', open: [] }] }],
  ['exceptions.0.open.0.to: is not a time', { ...good, exceptions: [{ date: '2027-02-28', open: [time('09:00', '18.00')] }] }],
  [
    'exceptions: holds a day twice',
    {
      ...good,
      exceptions: [
        { date: '2027-02-28', open: [] },
        { date: '2027-02-28', open: [] }
      ]
    }
  ],
  ['offset', { ...good, offset: 3_600 }]
])('hours that cannot be are refused with the place: %s', (problem, hours) => {
  expect(() => parse(SiteHoursSchema, hours)).toThrow(problem)
})

it('a day takes times that touch, in any order, and refuses exactly those that share a minute', () => {
  const minute = fc.integer({ min: 0, max: 1_439 })
  const text = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const run = fc.tuple(minute, minute).filter(([from, to]) => from !== to)
  const minutesOf = ([from, to]: readonly [number, number]): number[] =>
    Array.from({ length: (to > from ? to : to + 1_440) - from }, (_, index) => from + index)
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 4 }), (runs) => {
      const all = runs.flatMap(minutesOf)
      const hours = { zone: 'UTC', week: {}, exceptions: [{ date: '2027-01-01', open: runs.map(([from, to]) => time(text(from), text(to))) }] }
      const read = (): SiteHours => parse(SiteHoursSchema, hours)
      if (new Set(all).size === all.length) expect(read()).toEqual(hours)
      else expect(read).toThrow('overlap')
    })
  )
})
