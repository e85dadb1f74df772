import type { FastifyInstance } from 'fastify'
import type { AvailabilityService } from '../../availability/availability.types.js'
import { statusLanguage } from '../../availability/status-text.js'
import type { SiteRegistry } from '../../store/site-registry.js'
import { siteNamed } from '../../wire/site-access.js'
import { createLightReplies, isHeld } from './light-reply.js'

/** What the light is made from. */
export interface LightRouteOptions {
  readonly sites: Pick<SiteRegistry, 'get'>
  readonly availability: Pick<AvailabilityService, 'get'>
}

/** For everybody, whichever page asks, also for who is told that there is no such site. */
const publicHeaders = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

/** Whether the light is on, of a department or else of the whole site: the same answer for everybody, from memory, so that any cache may keep it. Whoever holds it already is told so without a body. */
export function addLightRoute(app: FastifyInstance, { sites, availability }: LightRouteOptions): void {
  const replyFor = createLightReplies()
  app.get('/v1/sites/:site/light', (request, reply) => {
    reply.headers(publicHeaders)
    const site = siteNamed({ sites }, (request.params as { readonly site?: unknown }).site)
    const { lang, department } = request.query as { readonly lang?: unknown; readonly department?: unknown }
    const answer = availability.get(site.id, typeof department === 'string' ? department : null)
    const { body, tag, headers, unchangedHeaders } = replyFor(answer, typeof lang === 'string' ? statusLanguage(lang) : null)
    if (isHeld(request.headers['if-none-match'], tag)) return reply.code(304).headers(unchangedHeaders).send()
    return reply.headers(headers).send(body)
  })
}
