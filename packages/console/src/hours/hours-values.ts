import type { OpenTime, SiteHours, Weekday } from '@porchlight/protocol'

/** Days of the week, as a week begins (ISO 8601). */
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** A time as it stands in its fields; empty: not filled in yet. */
export interface TimeValues {
  /** The same while it is on the page, however many stand before it: a field that is half filled in keeps what is in it. */
  readonly key: number
  readonly from: string
  /** `00:00` is the midnight at the end of the day: a time field has no 24:00. */
  readonly to: string
}

/** A day of each year as it stands in its fields. */
export interface HolidayValues {
  readonly key: number
  /** `01` to `12`. */
  readonly month: string
  /** `01` to `31`. */
  readonly dayOfMonth: string
  readonly open: readonly TimeValues[]
}

/** A date as it stands in its fields. */
export interface ExceptionValues {
  readonly key: number
  readonly date: string
  readonly open: readonly TimeValues[]
}

/** Hours as somebody types them. What is not filled in or cannot be is here too: the server says what is wrong with it, and where. */
export interface HoursValues {
  readonly isAlwaysOpen: boolean
  readonly zone: string
  readonly week: Readonly<Record<Weekday, readonly TimeValues[]>>
  readonly holidays: readonly HolidayValues[]
  readonly exceptions: readonly ExceptionValues[]
}

let keysMade = 0

/** What tells a row from all others on the page. */
export function newKey(): number {
  keysMade += 1
  return keysMade
}

/** Hours as they are kept, to be changed; `zone` is where whoever sets hours for the first time is. */
export function valuesOf(hours: SiteHours | null, zone: string): HoursValues {
  const { week, holidays = [], exceptions = [] } = hours ?? { week: officeWeek }
  return {
    isAlwaysOpen: hours === null,
    zone: hours?.zone ?? zone,
    week: weekOf((day) => (week[day] ?? []).map(timeValues)),
    holidays: holidays.map(({ day, open }) => ({ key: newKey(), month: day.slice(0, 2), dayOfMonth: day.slice(3), open: open.map(timeValues) })),
    exceptions: exceptions.map(({ date, open }) => ({ key: newKey(), date, open: open.map(timeValues) }))
  }
}

/** What the server is told; null: always open. */
export function hoursOf({ isAlwaysOpen, zone, week, holidays, exceptions }: HoursValues): SiteHours | null {
  if (isAlwaysOpen) return null
  return {
    zone: zone.trim(),
    week: weekOf((day) => week[day].map(openTime)),
    holidays: holidays.map(({ month, dayOfMonth, open }) => ({ day: `${month}-${dayOfMonth}`, open: open.map(openTime) })),
    exceptions: exceptions.map(({ date, open }) => ({ date, open: open.map(openTime) }))
  }
}

/** The value of each field that a problem can be about, by its place. A holiday counts as empty until both of its halves are there. */
export function fieldValues({ zone, week, holidays, exceptions }: HoursValues): ReadonlyMap<string, string> {
  const times = (place: string, open: readonly TimeValues[]): [string, string][] =>
    open.flatMap(({ from, to }, index): [string, string][] => [
      [`${place}.${index}.from`, from],
      [`${place}.${index}.to`, to]
    ])
  return new Map([
    ['hours.zone', zone],
    ...weekdays.flatMap((day) => times(`hours.week.${day}`, week[day])),
    ...holidays.flatMap(({ month, dayOfMonth, open }, index): [string, string][] => [
      [`hours.holidays.${index}.day`, month && dayOfMonth],
      ...times(`hours.holidays.${index}.open`, open)
    ]),
    ...exceptions.flatMap(({ date, open }, index): [string, string][] => [
      [`hours.exceptions.${index}.date`, date],
      ...times(`hours.exceptions.${index}.open`, open)
    ])
  ])
}

const office: readonly OpenTime[] = [{ from: '09:00', to: '17:00' }]
/** What stands there before anybody set hours. */
const officeWeek: SiteHours['week'] = { mon: office, tue: office, wed: office, thu: office, fri: office }

function weekOf<T>(of: (day: Weekday) => T): Record<Weekday, T> {
  return { mon: of('mon'), tue: of('tue'), wed: of('wed'), thu: of('thu'), fri: of('fri'), sat: of('sat'), sun: of('sun') }
}

function timeValues({ from, to }: OpenTime): TimeValues {
  return { key: newKey(), from, to: to === '24:00' ? '00:00' : to }
}

function openTime({ from, to }: TimeValues): OpenTime {
  return { from, to: to === '00:00' ? '24:00' : to }
}
