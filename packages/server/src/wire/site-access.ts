import type { IncomingHttpHeaders } from 'node:http'
import { ChatError, idPatterns } from '@porchlight/protocol'
import type { Site, SiteRegistry } from '../store/site-registry.js'
import { isAllowedOrigin } from './allowed-origin.js'

/** Who may speak to a site from where. */
export interface SiteAccessOptions {
  readonly sites: Pick<SiteRegistry, 'get'>
  readonly isOwnOrigin: (origin: string, host: string | undefined) => boolean
}

/** A site that a page may speak to. */
export interface SiteAccess {
  readonly site: Site
  readonly origin: string
  readonly isOwnOrigin: boolean
}

/** @throws {ChatError} `not_found`. */
export function siteNamed({ sites }: Pick<SiteAccessOptions, 'sites'>, name: unknown): Site {
  const site = typeof name === 'string' && idPatterns.site.test(name) ? sites.get(name) : undefined
  if (!site) throw new ChatError('not_found', 'no such site')
  return site
}

/**
 * Checks where a page is from. An origin keeps other people's pages out; it proves nothing about anybody who is not a browser.
 *
 * @throws {ChatError} `not_found` for an unknown site, `forbidden` without an origin, `cors` for one that is `null` or not on the site's list.
 */
export function accessTo(options: SiteAccessOptions, name: unknown, headers: Pick<IncomingHttpHeaders, 'origin' | 'host'>): SiteAccess {
  const site = siteNamed(options, name)
  const { origin, host } = headers
  if (origin === undefined) throw new ChatError('forbidden', 'the origin is missing')
  const isOwnOrigin = options.isOwnOrigin(origin, host)
  if (!isOwnOrigin && !isAllowedOrigin(site.origins, origin)) throw new ChatError('cors', 'the origin is not on the list of the site')
  return { site, origin, isOwnOrigin }
}
