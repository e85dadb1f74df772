import swagger from '@fastify/swagger'
import { toJsonSchema } from '@valibot/to-json-schema'
import type { FastifyInstance, FastifySchema } from 'fastify'
import type { GenericSchema } from 'valibot'
import * as v from 'valibot'
import { type Action, policy } from '../auth/policy.js'
import { type ApiRoute, apiRoute } from './api-route.js'
import { bodyExamples } from './body-examples.js'

/** Describes the routes that are registered after it as OpenAPI, from the schemas that check them. */
export async function useOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: {
        title: 'Porchlight',
        version: '1',
        description:
          'Everything that the console does. Changes need the session cookie, `Content-Type: application/json`, `X-Porchlight: 1` and an `Origin` of the server’s own.'
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: '__Host-porchlight', description: '`porchlight-dev` over http on loopback.' }
        }
      }
    },
    transform: ({ schema, url, route }) => {
      const { action, mayBeEmpty = false } = route.config ?? {}
      if (action === undefined) return { schema: { ...schema, hide: true }, url }
      return { url, schema: described((schema ?? {}) as ValibotSchemas, { action, mayBeEmpty }) }
    }
  })
}

/** The route that serves the description. */
export function openApiRoute(app: FastifyInstance): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/openapi.json',
    action: 'api.describe',
    summary: 'This description.',
    answers: { 200: v.record(v.string(), v.unknown()) },
    run: async () => app.swagger() as unknown as Record<string, unknown>
  })
}

/** A route's schemas as it was registered with them. */
interface ValibotSchemas {
  readonly summary?: string
  readonly params?: GenericSchema
  readonly querystring?: GenericSchema
  readonly body?: GenericSchema
  readonly response?: Readonly<Record<string, GenericSchema>>
}

interface RouteFacts {
  readonly action: Action
  readonly mayBeEmpty: boolean
}

function described({ summary, response = {}, body, ...parts }: ValibotSchemas, { action, mayBeEmpty }: RouteFacts): FastifySchema {
  const answers = Object.entries(response).map(([status, shape]) => [status, { description: meaningOf(status), ...jsonSchema(shape) }] as const)
  return {
    ...(summary === undefined ? {} : { summary }),
    operationId: action.replace('.', '_'),
    tags: [action.split('.', 1)[0] ?? action],
    ...(policy[action].scope === 'anyone' ? {} : { security: [{ session: [] }] }),
    ...Object.fromEntries(Object.entries(parts).map(([part, schema]) => [part, jsonSchema(schema)])),
    ...(body ? { body: { ...jsonSchema(body), ...exampleOf(action) } } : {}),
    response: { ...Object.fromEntries(answers), ...(mayBeEmpty ? { 204: { type: 'null', description: 'Done; there is nothing to tell.' } } : {}) }
  }
}

function exampleOf(action: Action): { readonly examples?: readonly [object] } {
  return Object.hasOwn(bodyExamples, action) ? { examples: [bodyExamples[action as keyof typeof bodyExamples]] } : {}
}

function meaningOf(status: string): string {
  if (status.startsWith('2')) return status === '201' ? 'Made.' : 'Done.'
  return status.startsWith('4') ? 'Refused; `error.code` says why.' : 'Not now; nothing was stored.'
}

/** What JSON Schema cannot say, such as "is not blank", is left out; the server checks it all the same. */
function jsonSchema(schema: GenericSchema): object {
  const { $schema: _, ...shape } = toJsonSchema(schema, { target: 'openapi-3.0', typeMode: 'input', errorMode: 'ignore' })
  return shape
}
