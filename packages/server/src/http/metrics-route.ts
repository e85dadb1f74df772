import { ChatError } from '@porchlight/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopbackHost } from '../auth/own-origin.js'
import type { Metrics } from '../metrics.js'

/**
 * `/metrics` for a collector on this machine, which asks for it under a loopback name. Whoever reaches us through a proxy is somebody else,
 * even when the proxy runs here: it says so in one of these headers or passes its own name on; and a page whose name leads here calls us by
 * that name. To anybody else the address does not exist.
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
  const isPeerHere = /^(?:::1|(?:::ffff:)?127\..+)$/.test(raw.socket.remoteAddress ?? '')
  return isPeerHere && isLoopbackHost(headers.host) && proxyHeaders.every((name) => headers[name] === undefined)
}
