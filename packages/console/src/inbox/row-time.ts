import { dayNumber } from '@porchlight/ui'
import type { ConsoleI18n } from '../stores/language.js'

const formatters = new Map<string, Intl.DateTimeFormat>()

/** When, in as few letters as a row has room for: the time of a moment of today, the date of an earlier one. */
export function rowTime(i18n: ConsoleI18n, at: number, now: number): string {
  if (dayNumber(at) === dayNumber(now)) return i18n.time(at)
  const formatter = formatters.get(i18n.locale) ?? new Intl.DateTimeFormat(i18n.locale, { day: 'numeric', month: 'short' })
  formatters.set(i18n.locale, formatter)
  return formatter.format(at)
}
