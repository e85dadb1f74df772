import {
  ChangeSiteBodySchema,
  ChatError,
  CreateSiteBodySchema,
  SiteListSchema,
  type SiteRow,
  SiteRowSchema,
  type SiteSettings,
  SiteSettingsSchema
} from '@porchlight/protocol'
import type { Site, SiteRegistry } from '../../store/site-registry.js'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { type Caller, subjectOn } from '../caller.js'
import { SitePath } from '../path-schemas.js'
import { refuseStrangers } from './department-operators.js'

/** Chats that one operator of a new site takes at once. */
const defaultCapacity = 5

/** Sites and their settings. */
export function siteRoutes(context: ApiContext): readonly ApiRoute[] {
  return [listSites(context), createSite(context), readSite(context), changeSite(context)]
}

function listSites({ domain: { sites } }: ApiContext): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/sites',
    action: 'site.list',
    summary: 'Lists the sites that the operator works for.',
    answers: { 200: SiteListSchema },
    run: async ({ caller }) => ({ sites: [...caller().roles.keys()].map((site) => rowOf(sites, caller(), site)) })
  })
}

function createSite({ clock, domain: { sites }, operators }: ApiContext): ApiRoute {
  const beingMade = new Set<string>()
  return apiRoute({
    method: 'POST',
    path: '/api/sites',
    action: 'site.create',
    summary: 'Makes a site. Whoever makes it owns it.',
    body: CreateSiteBodySchema,
    answers: { 201: SiteRowSchema },
    async run({ body: { site: id, name, origins }, caller }) {
      if (sites.get(id) || beingMade.has(id)) throw new ChatError('id_conflict', 'this site name is taken')
      beingMade.add(id)
      try {
        await sites.save({ id, name, origins, capacity: defaultCapacity, settings: {} }, clock.now())
        await operators.join(id, { operatorId: caller().operatorId, role: 'owner' })
      } finally {
        beingMade.delete(id)
      }
      return { site: id, name, origins, role: 'owner' as const }
    }
  })
}

function readSite({ domain: { sites } }: ApiContext): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/sites/:site',
    action: 'site.read',
    summary: 'Reads the settings of a site.',
    params: SitePath,
    answers: { 200: SiteSettingsSchema },
    run: async ({ params, caller }) => settingsOf(sites, caller(), params.site)
  })
}

function changeSite({ clock, domain: { sites, availability }, operators }: ApiContext): ApiRoute {
  return apiRoute({
    method: 'PATCH',
    path: '/api/sites/:site',
    action: 'site.change',
    summary: 'Changes the name of a site, whose pages may show its widget, when it is open, its departments, or how many chats an operator takes.',
    params: SitePath,
    body: ChangeSiteBodySchema,
    answers: { 200: SiteSettingsSchema },
    async run({ params, body: { hours, departments, requestForm, words, ...named }, caller }) {
      if (departments) refuseStrangers(departments, await operators.list(params.site))
      const site = siteOf(sites, params.site)
      const settings = changed(site.settings, { hours, departments, requestForm, words })
      await sites.save({ ...site, ...named, settings }, clock.now())
      // Whoever hears that it is done sees it in the light.
      await availability.refresh(params.site)
      return settingsOf(sites, caller(), params.site)
    }
  })
}

function rowOf(sites: SiteRegistry, caller: Caller, id: string): SiteRow {
  const { role } = subjectOn(caller, id)
  const { name, origins } = siteOf(sites, id)
  return { site: id, name, origins, role }
}

function settingsOf(sites: SiteRegistry, caller: Caller, id: string): SiteSettings {
  const { capacity, settings } = siteOf(sites, id)
  const { hours = null, departments = [], requestForm = null, words = null } = settings
  return { ...rowOf(sites, caller, id), hours, capacity, departments, requestForm, words }
}

type Changes<T> = { readonly [K in keyof T]?: T[K] | null | undefined }

/** Settings after a change: what is undefined stays, what is null goes. */
function changed(before: Site['settings'], changes: Changes<Site['settings']>): Site['settings'] {
  const asked = Object.entries(changes).filter(([, value]) => value !== undefined)
  return Object.fromEntries(Object.entries({ ...before, ...Object.fromEntries(asked) }).filter(([, value]) => value !== null))
}

function siteOf(sites: SiteRegistry, id: string): Site {
  const site = sites.get(id)
  if (!site) throw new ChatError('not_found', 'no such site')
  return site
}
