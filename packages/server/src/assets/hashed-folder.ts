import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Files whose names change with their content: a browser that has one never asks again. */
export const foreverCache = 'public, max-age=31536000, immutable'

/** Serves a folder of hashed files, in the compressed copies that lie beside them. */
export async function serveHashedFolder(
  app: FastifyInstance,
  { root, prefix }: { readonly root: string; readonly prefix: `/${string}/` }
): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    prefix,
    decorateReply: false,
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    setHeaders(response) {
      response.setHeader('cache-control', foreverCache)
      response.setHeader('vary', 'Accept-Encoding')
    }
  })
}
