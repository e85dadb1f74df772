import { join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type BuiltFile, notBuilt, readBuiltFile, sendBuiltFile } from './built-file.js'
import { serveHashedFolder } from './hashed-folder.js'
import { keepAssets } from './kept-assets.js'

/** Where the widget's files are, where old ones are kept, and the time. */
export interface WidgetRoutesOptions {
  readonly folder: string
  readonly dataFolder: string
  readonly nowMs: number
}

const loaderCache = 'public, max-age=300, stale-while-revalidate=86400'

/** What other people's pages load: the loader and its hashed chunks. */
export async function addWidgetRoutes(app: FastifyInstance, { folder, dataFolder, nowMs }: WidgetRoutesOptions): Promise<void> {
  const loader = await readBuiltFile(join(folder, 'porchlight.js'))
  await app.register(async (pages) => {
    pages.addHook('onRequest', async (_, reply) => void openToAll(reply))
    addLoader(pages, loader)
    if (!loader) return
    const root = await keepAssets({ source: join(folder, 'assets'), dataFolder, nowMs })
    await serveHashedFolder(pages, { root, prefix: '/v1/assets/' })
  })
}

function addLoader(app: FastifyInstance, file: BuiltFile | null): void {
  app.get('/v1/porchlight.js', async (request, reply) => {
    if (!file) throw notBuilt('the widget')
    return sendBuiltFile(file, request, reply.header('cache-control', loaderCache))
  })
}

/** Pages of any origin load these, also isolated ones: they ask for CORS or CORP (HTML, cross-origin embedder policy). */
function openToAll(reply: FastifyReply): void {
  reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })
}
