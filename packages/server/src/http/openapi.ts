import swagger from '@fastify/swagger'
import { toJsonSchema } from '@valibot/to-json-schema'
import type { FastifyInstance } from 'fastify'
import type { GenericSchema } from 'valibot'
import * as v from 'valibot'
import { type ApiRoute, apiRoute } from './api-route.js'

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
    hideUntagged: false,
    transform: ({ schema, url, route }) => {
      if (!url.startsWith('/api/')) return { schema: { ...schema, hide: true }, url }
      const { params, querystring, body, response, ...facts } = (schema ?? {}) as DescribedSchema
      return {
        url,
        schema: {
          ...facts,
          ...(route.config?.action ? { tags: [route.config.action.split('.')[0] ?? 'api'] } : {}),
          ...(params ? { params: jsonSchema(params) } : {}),
          ...(querystring ? { querystring: jsonSchema(querystring) } : {}),
          ...(body ? { body: jsonSchema(body) } : {}),
          ...(response ? { response: Object.fromEntries(Object.entries(response).map(([status, shape]) => [status, jsonSchema(shape)])) } : {})
        }
      }
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

interface DescribedSchema {
  readonly params?: GenericSchema
  readonly querystring?: GenericSchema
  readonly body?: GenericSchema
  readonly response?: Readonly<Record<string, GenericSchema>>
}

/** What JSON Schema cannot say, such as "is not blank", is left out; the server checks it all the same. */
function jsonSchema(schema: GenericSchema): object {
  const { $schema: _, ...described } = toJsonSchema(schema, { target: 'openapi-3.0', typeMode: 'input', errorMode: 'ignore' })
  return described
}
