import { type ChangeSiteBody, idPatterns, isChatError, limits } from '@porchlight/protocol'
import type { FieldProblems } from '../form/field-problem.js'

/** The fields of a site as somebody types them; the names are ids of the page. */
export type SiteField = 'site-name' | 'site-id' | 'site-origins'

/** What stands in them. */
export type SiteValues = Readonly<Record<SiteField, string>>

/**
 * One entry of the list of origins as the server takes it, or null for anything else. What people add by habit is taken off: spaces, capitals,
 * a slash at the end. A path is not: the widget would then be allowed on more pages than were meant.
 */
export function parseOrigin(line: string): string | null {
  const text = line.trim().toLowerCase().replace(/\/$/, '')
  if (text === 'loopback') return text
  const [, scheme, wildcard = '', host] = /^(https?:\/\/)(\*\.)?([^*]+)$/.exec(text) ?? []
  if (scheme === undefined || host === undefined || (wildcard !== '' && !host.includes('.'))) return null
  const url = URL.canParse(scheme + host) ? new URL(scheme + host) : null
  if (url === null || `${url.pathname}${url.search}${url.hash}${url.username}` !== '/') return null
  return `${scheme}${wildcard}${url.host}`
}

/** What keeps a site from being saved before the server is asked. A site that exists keeps its public name. */
export function siteProblems({ 'site-name': name, 'site-id': id, 'site-origins': origins }: SiteValues): FieldProblems<SiteField> {
  const lines = linesOf(origins)
  const badLine = lines.find((line) => parseOrigin(line) === null)
  return {
    ...(name.trim() === '' && { 'site-name': { key: 'field.required' } }),
    ...(name.trim().length > limits.nameMaxChars && { 'site-name': { key: 'sites.longName' } }),
    ...(!idPatterns.site.test(id.trim()) && { 'site-id': { key: 'sites.badId' } }),
    ...(lines.length === 0 && { 'site-origins': { key: 'field.required' } }),
    ...(badLine !== undefined && { 'site-origins': { key: 'sites.badOrigin', values: { line: badLine } } })
  }
}

/** What a refusal says about a field: a public name that another site has. */
export function blameSite(error: unknown): FieldProblems<SiteField> | null {
  return isChatError(error) && error.code === 'id_conflict' ? { 'site-id': { key: 'sites.takenId' } } : null
}

/** What the server is told of a site; each origin once. */
export function siteBody({ 'site-name': name, 'site-origins': origins }: SiteValues): Required<Pick<ChangeSiteBody, 'name' | 'origins'>> {
  const parsed = linesOf(origins).map(parseOrigin)
  return { name: name.trim(), origins: [...new Set(parsed.filter((origin) => origin !== null))] }
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
