import type { Holiday, HoursException, HoursPreview, OpenTime, PreviewedDay, PreviewedTime, SiteHours, SiteSettings } from '@porchlight/protocol'
import type { Api } from './api.js'
import { count, flag, list, nullable, object, type Reader, text } from './reader.js'

const openTimes: Reader<readonly OpenTime[]> = list(object<OpenTime>({ from: text, to: text }))

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Hours as they are kept. */
export const readHours: Reader<SiteHours> = object<SiteHours>(
  {
    zone: text,
    week: object<SiteHours['week']>(
      { mon: openTimes, tue: openTimes, wed: openTimes, thu: openTimes, fri: openTimes, sat: openTimes, sun: openTimes },
      days
    ),
    holidays: list(object<Holiday>({ day: text, open: openTimes })),
    exceptions: list(object<HoursException>({ date: text, open: openTimes }))
  },
  ['holidays', 'exceptions']
)

/** Of a site's settings, what this is about. */
const readSettings: Reader<Pick<SiteSettings, 'hours'>> = object<Pick<SiteSettings, 'hours'>>({ hours: nullable(readHours) })

const readPreview: Reader<HoursPreview> = object<HoursPreview>({
  zone: text,
  days: list(
    object<PreviewedDay>({
      date: text,
      startsAt: count,
      endsAt: count,
      isException: flag,
      open: list(object<PreviewedTime>({ startsAt: count, endsAt: count, localStart: text, localEnd: text }))
    })
  )
})

/** The hours of a site as they are kept; null: always open. */
export async function readSiteHours(api: Api, site: string): Promise<SiteHours | null> {
  return (await api.get(pathOf(site), readSettings)).hours
}

/** What customers would see of hours that are not kept. Refuses at the places where saving would. */
export function previewHours(api: Api, site: string, hours: SiteHours): Promise<HoursPreview> {
  return api.exchange({ method: 'POST', path: `${pathOf(site)}/hours/preview`, body: { hours } }, readPreview)
}

function pathOf(site: string): string {
  return `/api/sites/${encodeURIComponent(site)}`
}
