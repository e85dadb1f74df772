/**
 * How far the clocks of a zone are ahead of UTC at an instant, in milliseconds.
 *
 * @throws {RangeError} When the zone is not known here.
 */
export type ZoneOffset = (zone: string, instantMs: number) => number

/** What the time zone data of this run time says. Zones keep their old names when they get new ones. */
export function createZoneOffset(): ZoneOffset {
  const formats = new Map<string, Intl.DateTimeFormat>()

  function formatOf(zone: string): Intl.DateTimeFormat {
    const known = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { ...numeric, timeZone: zone })
    formats.set(zone, known)
    return known
  }

  return (zone, instantMs) => {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
    for (const { type, value } of formatOf(zone).formatToParts(instantMs)) part[type] = Number(value)
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instantMs / 1_000) * 1_000
  }
}

const numeric: Intl.DateTimeFormatOptions = {
  ...{ calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
  ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }
}
