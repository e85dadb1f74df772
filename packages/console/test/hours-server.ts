import { type HoursPreview, HoursPreviewBodySchema, type PreviewedDay, problems, type SiteHours } from '@porchlight/protocol'
import { HttpResponse, http, type RequestHandler } from 'msw'
import * as v from 'valibot'

/** What a server knows of the hours of a site. It refuses what the real one refuses, at the same places. */
export interface HoursServer {
  hours: SiteHours | null
  /** Nobody answers. */
  isCut: boolean
  /** What every look answers with. */
  days: readonly PreviewedDay[]
  /** What was looked at, newest last. */
  readonly looks: SiteHours[]
  readonly saved: (SiteHours | null)[]
}

const dayMs = 86_400_000

/** A day of a preview; a test names only what it is about. */
export function aPreviewedDay(part: Partial<PreviewedDay> = {}): PreviewedDay {
  const startsAt = Date.UTC(2026, 10, 23)
  return { date: '2026-11-23', startsAt, endsAt: startsAt + dayMs, isException: false, open: [], ...part }
}

/** A server that answers, of a site that is always open. */
export function anHoursServer(): HoursServer {
  return { hours: null, isCut: false, days: [aPreviewedDay()], looks: [], saved: [] }
}

/** The zones that the page offers: a few, because each question for a role looks at every option. */
export const offeredZones: readonly string[] = ['Asia/Tokyo', 'Europe/Warsaw']

/** Answers the calls about the hours of the site `shop`. */
export function hoursHandlers(server: HoursServer): RequestHandler[] {
  const settings = () => ({ site: 'shop', name: 'The shop', origins: ['https://shop.example'], role: 'owner', hours: server.hours })
  const refusalOf = (body: unknown): Response | null => {
    const { success, issues } = v.safeParse(HoursPreviewBodySchema, body)
    if (success) return null
    const fields = problems(issues).map(({ path, problem }) => ({ field: path, problem }))
    return HttpResponse.json({ error: { code: 'invalid', message: 'for developers', fields } }, { status: 400 })
  }
  return [
    http.get('*/api/sites/shop', () => (server.isCut ? HttpResponse.error() : HttpResponse.json(settings()))),
    http.post('*/api/sites/shop/hours/preview', async ({ request }) => {
      if (server.isCut) return HttpResponse.error()
      const body = (await request.json()) as { readonly hours: SiteHours }
      server.looks.push(body.hours)
      return refusalOf(body) ?? HttpResponse.json({ zone: body.hours.zone, days: server.days } satisfies HoursPreview)
    }),
    http.patch('*/api/sites/shop', async ({ request }) => {
      if (server.isCut) return HttpResponse.error()
      const body = (await request.json()) as { readonly hours: SiteHours | null }
      const refusal = body.hours === null ? null : refusalOf(body)
      if (refusal) return refusal
      server.saved.push(body.hours)
      server.hours = body.hours
      return HttpResponse.json(settings())
    })
  ]
}
