/** Moments in words, in the visitor's own time zone. Instants are milliseconds since 1970. */
export interface Dates {
  /** The time of a day, such as `14:32`. */
  readonly time: (at: number) => string
  /** A day as a heading: today, yesterday, or its date. */
  readonly day: (at: number, now: number) => string
  /** A moment to come, with its zone; the weekday when it is not today, the date when it is a week away. */
  readonly moment: (at: number, now: number) => string
}

const hoursAndMinutes = { hour: 'numeric', minute: '2-digit' } as const
const dayMs = 86_400_000

/** Number of the calendar day that a moment falls on here; its difference counts days, however long daylight saving makes them. */
export function dayNumber(at: number): number {
  const date = new Date(at)
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs
}

export function createDates(locale: string): Dates {
  const formatters = new Map<string, Intl.DateTimeFormat>()
  const format = (at: number, options: Intl.DateTimeFormatOptions) => {
    const key = JSON.stringify(options)
    const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options)
    formatters.set(key, formatter)
    return formatter.format(at)
  }
  return {
    time: (at) => format(at, hoursAndMinutes),
    day(at, now) {
      const distance = dayNumber(at) - dayNumber(now)
      if (distance === 0 || distance === -1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(distance, 'day')
      const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
      return format(at, { weekday: 'long', day: 'numeric', month: 'long', ...(!isThisYear && { year: 'numeric' }) })
    },
    moment(at, now) {
      const distance = dayNumber(at) - dayNumber(now)
      const clock = { ...hoursAndMinutes, timeZoneName: 'short' } as const
      if (distance === 0) return format(at, clock)
      return format(at, distance > 0 && distance < 7 ? { weekday: 'long', ...clock } : { day: 'numeric', month: 'long', ...clock })
    }
  }
}
