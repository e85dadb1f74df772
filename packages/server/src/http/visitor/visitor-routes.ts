import { limits } from '@porchlight/protocol'
import type { FastifyInstance } from 'fastify'
import type { SiteAccessOptions } from '../../wire/site-access.js'
import { useDoor } from './door.js'
import { addFramesRoutes, type FramesRoutesOptions } from './frames-routes.js'
import { addLightRoute, type LightRouteOptions } from './light-route.js'
import { addRequestRoute, type RequestRouteOptions } from './request-route.js'
import { addSessionRoute, type SessionRouteOptions } from './session-route.js'

/** What the visitors' routes work with. */
export type VisitorRoutesOptions = SiteAccessOptions &
  LightRouteOptions &
  Omit<FramesRoutesOptions & RequestRouteOptions & SessionRouteOptions, 'door'>

/** Registers everything that widgets call, but the socket. */
export async function addVisitorRoutes(app: FastifyInstance, options: VisitorRoutesOptions): Promise<void> {
  addLightRoute(app, options)
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // A page that goes away can only send plain text without a preflight.
    scope.addContentTypeParser<string>(
      ['application/json', 'text/plain'],
      { parseAs: 'string', bodyLimit: limits.frameMaxBytes },
      async (_: unknown, text: string) => text
    )
    const door = useDoor(scope, options)
    addFramesRoutes(scope, { ...options, door })
    addRequestRoute(scope, { ...options, door })
    addSessionRoute(scope, { ...options, door })
  })
}
