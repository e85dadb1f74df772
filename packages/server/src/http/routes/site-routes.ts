import {
  ChangeSiteBodySchema,
  ChatError,
  CreateSiteBodySchema,
  type SiteList,
  SiteListSchema,
  type SiteRow,
  SiteRowSchema
} from '@porchlight/protocol'
import type { Site } from '../../store/site-registry.js'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { type Caller, subjectOn } from '../caller.js'
import { SitePath } from '../path-schemas.js'

/** Chats that one operator of a new site takes at once. */
const defaultCapacity = 5

/** Sites and their settings. */
export function siteRoutes({ clock, domain, operators }: ApiContext): readonly ApiRoute[] {
  const { sites } = domain
  const beingMade = new Set<string>()

  function rowOf(caller: Caller, site: string): SiteRow {
    const { role } = subjectOn(caller, site)
    const found = siteOf(site)
    return { site, name: found.name, origins: found.origins, role }
  }

  function siteOf(id: string): Site {
    const site = sites.get(id)
    if (!site) throw new ChatError('not_found', 'no such site')
    return site
  }

  return [
    apiRoute({
      method: 'GET',
      path: '/api/sites',
      action: 'site.list',
      summary: 'Lists the sites that the operator works for.',
      answers: { 200: SiteListSchema },
      run: async ({ caller }): Promise<SiteList> => ({ sites: [...caller().roles.keys()].map((site) => rowOf(caller(), site)) })
    }),
    apiRoute({
      method: 'POST',
      path: '/api/sites',
      action: 'site.create',
      summary: 'Makes a site. Whoever makes it owns it.',
      body: CreateSiteBodySchema,
      answers: { 201: SiteRowSchema },
      async run({ body, caller }) {
        const { site: id, name, origins } = body
        if (sites.get(id) || beingMade.has(id)) throw new ChatError('id_conflict', 'this site name is taken')
        beingMade.add(id)
        try {
          await sites.save({ id, name, origins, capacity: defaultCapacity, settings: {} }, clock.now())
          await operators.join({ site: id, operatorId: caller().operatorId }, 'owner')
        } finally {
          beingMade.delete(id)
        }
        return { site: id, name, origins, role: 'owner' as const }
      }
    }),
    apiRoute({
      method: 'GET',
      path: '/api/sites/:site',
      action: 'site.read',
      summary: 'Reads the settings of a site.',
      params: SitePath,
      answers: { 200: SiteRowSchema },
      run: async ({ params, caller }) => rowOf(caller(), params.site)
    }),
    apiRoute({
      method: 'PATCH',
      path: '/api/sites/:site',
      action: 'site.change',
      summary: 'Changes the name of a site or whose pages may show its widget.',
      params: SitePath,
      body: ChangeSiteBodySchema,
      answers: { 200: SiteRowSchema },
      async run({ params, body, caller }) {
        await sites.save({ ...siteOf(params.site), ...body }, clock.now())
        return rowOf(caller(), params.site)
      }
    })
  ]
}
