import {
  type ChangeSiteBody,
  ChangeSiteBodySchema,
  ChatError,
  CreateSiteBodySchema,
  SiteListSchema,
  type SiteRow,
  SiteRowSchema,
  type SiteSettings,
  SiteSettingsSchema
} from '@porchlight/protocol'
import { answerTargetsOf, type SiteSettings as Settings, type Site, type SiteRegistry } from '../../store/site-registry.js'
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
    summary:
      'Changes the name of a site, whose pages may show its widget, when it is open, its departments, how many chats an operator takes, what its form asks for, what it says by itself, where its requests are told by mail, or how soon it means to answer.',
    params: SitePath,
    body: ChangeSiteBodySchema,
    answers: { 200: SiteSettingsSchema },
    async run({ params, body, caller }) {
      if (body.departments) refuseStrangers(body.departments, await operators.list(params.site))
      const site = siteOf(sites, params.site)
      const { name = site.name, origins = site.origins, capacity = site.capacity } = body
      await sites.save({ ...site, name, origins, capacity, settings: changedSettings(site.settings, body) }, clock.now())
      // Whoever hears that it is done sees it in the light.
      await availability.refresh(params.site)
      return settingsOf(sites, caller(), params.site)
    }
  })
}

/** What is given takes the place of what was set, and null takes it away. */
function changedSettings(before: Settings, { name: _name, origins: _origins, capacity: _capacity, ...given }: ChangeSiteBody): Settings {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null))
}

function rowOf(sites: SiteRegistry, caller: Caller, id: string): SiteRow {
  const { role } = subjectOn(caller, id)
  const { name, origins } = siteOf(sites, id)
  return { site: id, name, origins, role }
}

function settingsOf(sites: SiteRegistry, caller: Caller, id: string): SiteSettings {
  const { capacity, settings } = siteOf(sites, id)
  const { hours = null, departments = [], requestForm = null, words = null, mailTo = null } = settings
  return { ...rowOf(sites, caller, id), hours, capacity, departments, requestForm, words, mailTo, ...answerTargetsOf(settings) }
}

function siteOf(sites: SiteRegistry, id: string): Site {
  const site = sites.get(id)
  if (!site) throw new ChatError('not_found', 'no such site')
  return site
}
