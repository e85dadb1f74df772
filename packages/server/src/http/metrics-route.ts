import { ChatError } from '@porchlight/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Metrics } from '../metrics.js'

/**
 * `/metrics` for a collector on this machine. Whoever reaches us through a proxy is somebody else, even when the proxy runs here;
 * proxies say so in one of these headers. To anybody else the address does not exist.
 */
export function addMetricsRoute(app: FastifyInstance, metrics: Metrics): void {
  app.get('/metrics', async (request, reply) => {
    if (!isLocal(request)) throw new ChatError('not_found', 'there is nothing at this address')
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text())
  })
}

const proxyHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'] as const

function isLocal({ raw, headers }: FastifyRequest): boolean {
  return /^(?:::1|(?:::ffff:)?127\..+)$/.test(raw.socket.remoteAddress ?? '') && proxyHeaders.every((name) => headers[name] === undefined)
}
