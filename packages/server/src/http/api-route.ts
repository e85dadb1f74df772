import { ErrorBodySchema, type Schema } from '@porchlight/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Action } from '../auth/policy.js'
import { type Caller, callerOf } from './caller.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the policy decides about. Every route under `/api/` names one. */
    action?: Action
    /** A good answer may have no body. */
    mayBeEmpty?: boolean
  }
}

/** One request to a route of the API, after the policy let it in and its parts were read. */
interface ApiCall<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Who is signed in. @throws {ChatError} `unauthorized` when nobody is. */
  readonly caller: () => Caller
}

/** One route: where, who, what goes in and what comes out. The documentation is made from the same schemas. */
export interface ApiRoute<Params = unknown, Query = unknown, Body = unknown, Answer = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/api/${string}`
  readonly action: Action
  readonly summary: string
  readonly params?: Schema<Params>
  readonly query?: Schema<Query>
  readonly body?: Schema<Body>
  /** Shape of each good answer, by status; null for one without a body. */
  readonly answers: Readonly<Record<number, Schema<Answer> | null>>
  readonly run: (call: ApiCall<Params, Query, Body>) => Promise<Answer | undefined>
}

/** Writes a route down with the types of its schemas. */
export function apiRoute<Params, Query, Body, Answer>(route: ApiRoute<Params, Query, Body, Answer>): ApiRoute {
  return route as unknown as ApiRoute
}

/** Registers routes of the API. */
export function addApiRoutes(app: FastifyInstance, routes: readonly ApiRoute[]): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path,
      config: { action: route.action, mayBeEmpty: Object.values(route.answers).includes(null) },
      schema: schemasOf(route),
      handler: async (request, reply) => {
        const status = Number(Object.keys(route.answers)[0])
        reply.code(status).header('cache-control', 'no-store')
        const { params, query, body } = request
        const answer = await route.run({ params, query, body, request, reply, caller: () => callerOf(request) })
        return answer === undefined ? reply.send() : answer
      }
    })
  }
}

function schemasOf(route: ApiRoute): Record<string, unknown> {
  const good = Object.entries(route.answers).flatMap(([status, schema]) => (schema ? [[status, schema] as const] : []))
  return {
    summary: route.summary,
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body ? { body: route.body } : {}),
    response: { ...Object.fromEntries(good), '4xx': ErrorBodySchema, '5xx': ErrorBodySchema }
  }
}
