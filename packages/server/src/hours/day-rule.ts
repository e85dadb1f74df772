import { type OpenTime, type SiteHours, weekdays } from '@porchlight/protocol'

/** What holds on one day. */
export interface DayRule {
  readonly open: readonly OpenTime[]
  /** An exception or a holiday says so, not the week. */
  readonly isException: boolean
}

const dayMs = 86_400_000
/** 1 January 1970 was a Thursday. */
const weekdayOfFirst = weekdays.indexOf('thu')

/**
 * What hours say of a day: its exception, else its holiday, else its day of the week.
 *
 * @param day Days since 1 January 1970, in the zone of the hours.
 */
export function ruleOf({ week, holidays = [], exceptions = [] }: SiteHours, day: number): DayRule {
  const date = new Date(day * dayMs).toISOString().slice(0, 10)
  const other = exceptions.find((exception) => exception.date === date) ?? holidays.find((holiday) => date.endsWith(`-${holiday.day}`))
  if (other) return { open: other.open, isException: true }
  const weekday = weekdays[(((day + weekdayOfFirst) % 7) + 7) % 7]
  return { open: (weekday && week[weekday]) ?? [], isException: false }
}
