import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { notBuilt, readBuiltFile, sendBuiltFile } from '../assets/built-file.js'
import type { OwnOrigin } from '../auth/own-origin.js'
import { pagePolicy } from '../http/security-headers.js'

const files: Readonly<Record<string, string>> = {
  '/': 'shop.html',
  '/shop.css': 'shop.css',
  '/shop.js': 'shop.js',
  '/shop-icon.svg': 'shop-icon.svg'
}

/** The demo shop: an ordinary page of a site owner, under the strictest policy that a site may have. */
export async function addShopRoutes(
  app: FastifyInstance,
  { folder, ownOrigin }: { readonly folder: string; readonly ownOrigin: OwnOrigin }
): Promise<void> {
  for (const [path, name] of Object.entries(files)) {
    const file = await readBuiltFile(join(folder, name))
    app.get(path, async (request, reply) => {
      if (!file) throw notBuilt('the demo shop')
      const authority = ownOrigin.authority(request.headers.host)
      reply.header('content-security-policy', pagePolicy({ isSecure: ownOrigin.isSecure, authority }))
      return sendBuiltFile(file, request, reply.header('cache-control', 'no-cache'))
    })
  }
}
