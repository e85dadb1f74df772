import type { ChangeSiteBody, CreateSiteBody, SiteList, SiteRow } from '@porchlight/protocol'
import type { Api } from './api.js'
import { readSiteRow } from './read-rows.js'
import { list, object, type Reader } from './reader.js'

const readSites: Reader<SiteList> = object<SiteList>({ sites: list(readSiteRow) })

/** The sites of this operator that he may change. */
export async function readManagedSites(api: Api): Promise<readonly SiteRow[]> {
  const { sites } = await api.get('/api/sites', readSites)
  return sites.filter(({ role }) => role === 'owner' || role === 'admin')
}

/** Makes a site, which then belongs to whoever made it. */
export function createSite(api: Api, body: CreateSiteBody): Promise<SiteRow> {
  return api.exchange({ method: 'POST', path: '/api/sites', body }, readSiteRow)
}

/** Changes the name of a site, and whose pages may show its widget. */
export function changeSite(api: Api, site: string, body: ChangeSiteBody): Promise<SiteRow> {
  return api.exchange({ method: 'PATCH', path: `/api/sites/${encodeURIComponent(site)}`, body }, readSiteRow)
}

/** Changes settings of a site; what is not named stays. Rejects with the fields that are wrong. */
export function changeSettings(api: Api, site: string, body: ChangeSiteBody): Promise<void> {
  return api.send({ method: 'PATCH', path: `/api/sites/${encodeURIComponent(site)}`, body })
}
