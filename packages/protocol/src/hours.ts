import * as v from 'valibot'
import { hoursProblems } from './hours-problems.js'
import { type Schema, word } from './schema.js'

/** Part of a day, as a clock on the wall shows it: `from` belongs to it, `to` does not. One that ends at or before its start crosses midnight. */
export interface OpenTime {
  /** `00:00` to `23:59`. */
  readonly from: string
  /** `00:00` to `24:00`. */
  readonly to: string
}

/** A day of the week. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** Days of the week, as a week begins (ISO 8601). */
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** A day that is different each year, instead of what the week says. */
export interface Holiday {
  /** `MM-DD`. `02-29` is in leap years only. */
  readonly day: string
  /** When it is open; empty: closed. */
  readonly open: readonly OpenTime[]
}

/** A date that is different, instead of what the week and the holidays say. */
export interface HoursException {
  /** `YYYY-MM-DD`, in the zone of the hours. */
  readonly date: string
  /** When it is open; empty: closed. */
  readonly open: readonly OpenTime[]
}

/**
 * When a site is open, in wall time of a zone. What crosses midnight belongs to the day on which it begins, so an exception for the next day does not cut it.
 *
 * @example
 * ```ts
 * import { parse, type SiteHours, SiteHoursSchema } from '@porchlight/protocol'
 *
 * const hours: SiteHours = parse(SiteHoursSchema, {
 *   zone: 'Europe/Warsaw',
 *   week: { mon: [{ from: '09:00', to: '18:00' }], fri: [{ from: '22:00', to: '02:00' }] },
 *   holidays: [{ day: '12-25', open: [] }],
 *   exceptions: [{ date: '2026-12-24', open: [{ from: '09:00', to: '13:00' }] }]
 * })
 * console.log(hours.zone)
 * ```
 */
export interface SiteHours {
  /** A name of the IANA time zone database, such as `Europe/Warsaw`; never an offset, which would be wrong half of the year. */
  readonly zone: string
  /** A day that is missing is closed. */
  readonly week: Readonly<Partial<Record<Weekday, readonly OpenTime[]>>>
  readonly holidays?: readonly Holiday[]
  readonly exceptions?: readonly HoursException[]
}

/** Open times of one day. */
const timesPerDayMax = 8
/** Two years of single days. */
const daysMax = 732
const minutesPerDay = 1_440

const openTime: Schema<OpenTime> = v.pipe(
  v.object({
    from: v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, hoursProblems.from)),
    to: v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, hoursProblems.to))
  }),
  v.check(({ from, to }) => from !== to, hoursProblems.empty)
)

const openTimes: Schema<readonly OpenTime[]> = v.pipe(
  v.array(openTime),
  v.maxLength(timesPerDayMax),
  v.check((times) => !overlap(times.map(runOf)), hoursProblems.overlap)
)

const week: Schema<SiteHours['week']> = v.pipe(
  // Written out, so that pages that import nothing of this file carry nothing of it.
  v.strictObject({
    mon: v.exactOptional(openTimes),
    tue: v.exactOptional(openTimes),
    wed: v.exactOptional(openTimes),
    thu: v.exactOptional(openTimes),
    fri: v.exactOptional(openTimes),
    sat: v.exactOptional(openTimes),
    sun: v.exactOptional(openTimes)
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { value } = dataset
    for (const key of weekdays) {
      if (!beginsBeforeTheLastEnds(value, key)) continue
      const path = { type: 'object', origin: 'value', input: value as Record<string, unknown>, key, value: value[key] } as const
      addIssue({ message: hoursProblems.overlapsDayBefore, path: [path] })
    }
  })
)

const days = {
  week,
  holidays: v.exactOptional(
    daysOnce(v.strictObject({ day: textLike((day) => isDate(`2000-${day}`), hoursProblems.day), open: openTimes }), ({ day }) => day)
  ),
  exceptions: v.exactOptional(daysOnce(v.strictObject({ date: textLike(isDate, hoursProblems.date), open: openTimes }), ({ date }) => date))
}

/** Hours that were taken in once, also when this run time does not know their zone any more. */
export const KeptHoursSchema: Schema<SiteHours> = v.strictObject({ zone: word, ...days })

/** Hours as an owner sets them. */
export const SiteHoursSchema: Schema<SiteHours> = v.strictObject({ zone: textLike(isTimeZone, hoursProblems.zone), ...days })

function textLike(isGood: (text: string) => boolean, problem: string): Schema<string> {
  return v.pipe(v.string(), v.maxLength(64), v.check(isGood, problem))
}

function daysOnce<T>(day: Schema<T>, nameOf: (day: T) => string): Schema<readonly T[]> {
  return v.pipe(
    v.array(day),
    v.maxLength(daysMax),
    v.check((days) => new Set(days.map(nameOf)).size === days.length, hoursProblems.twice)
  )
}

/** Minutes since the day began, from the first to before the second. */
type Run = readonly [number, number]

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

function runOf({ from, to }: OpenTime): Run {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  return [start, end > start ? end : end + minutesPerDay]
}

/** What begins late on a Sunday ends on a Monday. */
function beginsBeforeTheLastEnds(days: SiteHours['week'], day: Weekday): boolean {
  const before = weekdays.at(weekdays.indexOf(day) - 1) as Weekday
  const endOfLast = Math.max(...(days[before] ?? []).map((time) => runOf(time)[1] - minutesPerDay))
  return (days[day] ?? []).some(({ from }) => minutesOf(from) < endOfLast)
}

function overlap(runs: readonly Run[]): boolean {
  const sorted = [...runs].sort(([a], [b]) => a - b)
  return sorted.some(([start], index) => start < (sorted[index - 1]?.[1] ?? 0))
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true
}

/** Whether this run time knows a zone by that name. Some run times also take offsets, which are no zones. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}
