import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { OwnOrigin } from '../auth/own-origin.js'
import { pagePolicy } from '../http/security-headers.js'
import { notBuilt, readBuiltFile, sendBuiltFile } from './built-file.js'
import { serveHashedFolder } from './hashed-folder.js'

/** The operators' page. */
export async function addConsoleRoutes(
  app: FastifyInstance,
  { folder, ownOrigin }: { readonly folder: string; readonly ownOrigin: OwnOrigin }
): Promise<void> {
  const page = await readBuiltFile(join(folder, 'index.html'))
  for (const path of ['/console', '/console/']) {
    app.get(path, async (request, reply) => {
      if (!page) throw notBuilt('the console')
      const authority = ownOrigin.authority(request.headers.host)
      reply.header('content-security-policy', pagePolicy({ isSecure: ownOrigin.isSecure, authority }))
      return sendBuiltFile(page, request, reply.header('cache-control', 'no-cache'))
    })
  }
  const root = join(folder, 'assets')
  if (existsSync(root)) await serveHashedFolder(app, { root, prefix: '/console/assets/' })
}
