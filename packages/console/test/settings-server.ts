import { type ChangeSiteBody, ChangeSiteBodySchema, type OperatorRow, problems, type SiteSettings } from '@porchlight/protocol'
import { HttpResponse, http, type RequestHandler } from 'msw'
import * as v from 'valibot'

/** What a server knows of the settings of a site. It refuses what the real one refuses, at the same places. */
export interface SettingsServer {
  settings: SiteSettings
  operators: readonly OperatorRow[]
  /** Nobody answers. */
  isCut: boolean
  /** What was asked to be changed and was taken, newest last. */
  readonly saved: ChangeSiteBody[]
}

/** A server that answers, of a site where nothing is set. */
export function aSettingsServer(): SettingsServer {
  const nothing = { hours: null, requestForm: null, words: null, departments: [], mailTo: null }
  const row = { site: 'shop', name: 'The shop', origins: ['https://shop.example'], role: 'owner' } as const
  return {
    settings: { ...row, ...nothing, capacity: 5, firstAnswerTargetMs: 120_000, requestTargetMs: 28_800_000 },
    operators: [],
    isCut: false,
    saved: []
  }
}

/** Answers the calls about the settings of the site `shop`. */
export function settingsHandlers(server: SettingsServer): RequestHandler[] {
  return [
    http.get('*/api/sites/shop', () => (server.isCut ? HttpResponse.error() : HttpResponse.json(server.settings))),
    http.get('*/api/sites/shop/operators', () => (server.isCut ? HttpResponse.error() : HttpResponse.json({ operators: server.operators }))),
    http.patch('*/api/sites/shop', async ({ request }) => {
      if (server.isCut) return HttpResponse.error()
      const result = v.safeParse(ChangeSiteBodySchema, await request.json())
      if (!result.success) {
        const fields = problems(result.issues).map(({ path, problem }) => ({ field: path, problem }))
        return HttpResponse.json({ error: { code: 'invalid', message: 'for developers', fields } }, { status: 400 })
      }
      server.saved.push(result.output)
      server.settings = { ...server.settings, ...result.output }
      return HttpResponse.json(server.settings)
    })
  ]
}
