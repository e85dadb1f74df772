const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** A wait in one unit, rounded down: nobody has waited an hour after 59 minutes. Null under a minute. */
export function wholeUnits(durationMs: number): { readonly count: number; readonly unit: 'minute' | 'hour' | 'day' } | null {
  if (durationMs < minuteMs) return null
  if (durationMs < hourMs) return { count: Math.floor(durationMs / minuteMs), unit: 'minute' }
  if (durationMs < dayMs) return { count: Math.floor(durationMs / hourMs), unit: 'hour' }
  return { count: Math.floor(durationMs / dayMs), unit: 'day' }
}

const formatters = new Map<string, Intl.NumberFormat>()

/** A number with a short unit, such as `4 min`. */
export function formatUnit(locale: string, count: number, unit: 'second' | 'minute' | 'hour' | 'day'): string {
  const key = `${locale} ${unit}`
  const formatter = formatters.get(key) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })
  formatters.set(key, formatter)
  return formatter.format(count)
}
