import type { Light } from '@porchlight/protocol'
import type { FastifyInstance } from 'fastify'
import type { AvailabilityService } from '../../availability/availability.types.js'
import { statusText } from '../../availability/status-text.js'
import type { SiteRegistry } from '../../store/site-registry.js'
import { siteNamed } from '../../wire/site-access.js'

/** What the light is made from. */
export interface LightRouteOptions {
  readonly sites: Pick<SiteRegistry, 'get'>
  readonly availability: Pick<AvailabilityService, 'get'>
}

/** Longest time that anybody may go on from one answer, in seconds. */
const maxAgeSeconds = 10

/** Whether the light is on, of a department or else of the whole site: the same answer for everybody, from memory, so that any cache may keep it. */
export function addLightRoute(app: FastifyInstance, { sites, availability }: LightRouteOptions): void {
  app.get('/v1/sites/:site/light', async (request, reply): Promise<Light> => {
    reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })
    const site = siteNamed({ sites }, (request.params as { readonly site?: unknown }).site)
    const { lang, department } = request.query as { readonly lang?: unknown; readonly department?: unknown }
    const answer = availability.get(site.id, typeof department === 'string' ? department : null)
    reply.header('cache-control', `public, max-age=${maxAgeSeconds}`)
    return { ...answer, ...(typeof lang === 'string' ? { text: statusText(lang, answer) } : {}) }
  })
}
