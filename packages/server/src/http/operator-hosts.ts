import { ChatError } from '@porchlight/protocol'
import type { FastifyInstance } from 'fastify'
import type { OwnOrigin } from '../auth/own-origin.js'

/**
 * Serves operators only under the server's own name. Whoever points a name of his own at this machine gets neither the console nor its API,
 * though his page would then count as the same origin (DNS rebinding). Asked by route, not by address, which can be written in many ways.
 */
export function useOperatorHosts(app: FastifyInstance, ownOrigin: OwnOrigin): void {
  app.addHook('onRequest', async ({ headers, routeOptions }) => {
    if (isForOperators(routeOptions.url) && ownOrigin.authority(headers.host) === null)
      throw new ChatError('forbidden', 'operators are not served under this host name')
  })
}

function isForOperators(route: string | undefined): boolean {
  return route !== undefined && (route === '/console' || route.startsWith('/console/') || route.startsWith('/api/'))
}
