import type { Weekday } from '@porchlight/protocol'
import { weekdays } from './hours-values.js'

/** Days and times in words of a language. Takes what clocks and calendars show, so it needs no time zone. */
export interface CalendarWords {
  readonly weekday: (day: Weekday) => string
  /** January to December. */
  readonly months: readonly string[]
  /** `2026-12-24` with its weekday. */
  readonly date: (date: string) => string
  /** The time of `2026-12-24T09:00`. */
  readonly time: (local: string) => string
  /** A length in hours, such as `23.5 hours`. */
  readonly hours: (count: number) => string
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** A Monday. */
const mondayMs = Date.UTC(2024, 0, 1)

/** Words of a language, by its locale. */
export function createCalendarWords(locale: string): CalendarWords {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const weekday = format({ weekday: 'long' })
  const month = format({ month: 'long' })
  const date = format({ weekday: 'long', day: 'numeric', month: 'long' })
  const time = format({ hour: 'numeric', minute: '2-digit' })
  const hours = new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'long' })
  const begin = (text: string): string => text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1)
  return {
    weekday: (day) => begin(weekday.format(mondayMs + weekdays.indexOf(day) * dayMs)),
    months: Array.from({ length: 12 }, (_, index) => begin(month.format(Date.UTC(2024, index, 1)))),
    date: (text) => begin(date.format(Date.parse(`${text}T00:00Z`))),
    time: (local) => time.format(Date.parse(`${local}Z`)),
    hours: (count) => hours.format(count)
  }
}
