import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Metrics } from '../metrics.js'

/** One line an answer, with the route's pattern instead of the address: no id, no query, no header, no body ever gets there. */
export function useRequestLog(app: FastifyInstance, { log, metrics }: { readonly log: Logger; readonly metrics: Metrics }): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const { method } = request
    const facts = { method, route, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) }
    metrics.observeRequest({ ...facts, durationMs: reply.elapsedTime })
    log.info({ requestId: request.id, ...facts }, 'answered')
  })
}
