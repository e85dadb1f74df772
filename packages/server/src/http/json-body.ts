import { parseJson } from '@porchlight/protocol'
import type { FastifyInstance } from 'fastify'

/** Bodies are JSON of bounded depth without keys that could reach a prototype; no other type is read unless a route brings its reader. */
export function useJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, async (_: unknown, text: string) =>
    text === '' ? undefined : parseJson(text)
  )
}
