import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import { idPatterns } from '@porchlight/protocol'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { OwnOrigin } from '../auth/own-origin.js'
import { errorFacts } from '../log.js'
import type { Metrics } from '../metrics.js'
import type { ApiContext } from './api-context.js'
import { addApiRoutes } from './api-route.js'
import type { Caller } from './caller.js'
import { endConnectionsAtRest } from './connections-at-rest.js'
import { answerExpectations, earlyErrors, useErrorAnswers } from './error-answers.js'
import { useGuard } from './guard.js'
import { useJsonBodies } from './json-body.js'
import { openApiRoute, useOpenApi } from './openapi.js'
import { useOperatorHosts } from './operator-hosts.js'
import { useRequestLog } from './request-log.js'
import { collectRoutes, type RouteTable } from './route-table.js'
import { answerRoutes } from './routes/answer-routes.js'
import { conversationRoutes } from './routes/conversation-routes.js'
import { hoursRoutes } from './routes/hours-routes.js'
import { operatorRoutes } from './routes/operator-routes.js'
import { requestRoutes } from './routes/request-routes.js'
import { sessionRoutes } from './routes/session-routes.js'
import { setupRoutes } from './routes/setup-routes.js'
import { siteRoutes } from './routes/site-routes.js'
import { ticketRoutes } from './routes/ticket-routes.js'
import { useSecurityHeaders } from './security-headers.js'
import { useValibot } from './validation.js'

/** What the bare application is made of. */
export interface AppOptions {
  readonly context: ApiContext
  readonly ownOrigin: OwnOrigin
  readonly metrics: Metrics
}

/** Longest body and longest time to receive a request. A client that needs more is not one of ours. */
const bodyMaxBytes = 65_536
const requestTimeoutMs = 30_000
/** A sign-in is noted as alive at most this often. */
const noteEveryMs = 60_000

/** Makes the application with everything that holds for all routes, and the API. Pages and the wire are added by others. */
export async function createApp({
  context,
  ownOrigin,
  metrics
}: AppOptions): Promise<{ readonly app: FastifyInstance; readonly routes: RouteTable }> {
  const app: FastifyInstance = fastify({
    ...earlyErrors,
    bodyLimit: bodyMaxBytes,
    requestTimeout: requestTimeoutMs,
    genReqId: () => randomBytes(9).toString('base64url')
  })
  endConnectionsAtRest(app)
  const routes = collectRoutes(app)
  useValibot(app, context.log)
  useJsonBodies(app)
  useSecurityHeaders(app, ownOrigin)
  useRequestLog(app, { log: context.log, metrics })
  useErrorAnswers(app, { log: context.log, routes })
  answerExpectations(app)
  useOperatorHosts(app, ownOrigin)
  await app.register(cookie)
  await useOpenApi(app)
  await app.register(async (api) => {
    useGuard(api, { ownOrigin, findCaller: (request) => findCaller(context, request), hasSites: () => context.domain.sites.list().length > 0 })
    addApiRoutes(api, [...apiRoutes(context), openApiRoute(app)])
  })
  return { app, routes }
}

/** Every route of the API but its own description. */
function apiRoutes(context: ApiContext): ReturnType<typeof sessionRoutes> {
  const groups = [sessionRoutes, setupRoutes, ticketRoutes, siteRoutes, hoursRoutes, answerRoutes, conversationRoutes, requestRoutes, operatorRoutes]
  return groups.flatMap((group) => group(context))
}

async function findCaller({ cookie: held, sessions, operators, clock, log }: ApiContext, request: FastifyRequest): Promise<Caller | null> {
  const value = held.read(request)
  if (value === null || !idPatterns.sessionToken.test(value)) return null
  const now = clock.now()
  const session = await sessions.find(value, now)
  if (!session) return null
  if (now - session.seenAt >= noteEveryMs)
    void sessions.touch([session.hash], now).catch((error) => log.error(errorFacts(error), 'a sign-in was not noted'))
  return { ...session, roles: await operators.roles(session.operatorId) }
}
