import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { assemble, type Parts } from '../../src/assemble.js'
import { type Server, serve } from '../../src/create-server.js'
import type { ServerOptions } from '../../src/server-options.js'

/** A server on a free port with a folder of its own, and everything it has logged. */
export interface ApiServer {
  readonly url: string
  readonly parts: Parts
  readonly server: Server
  readonly dataFolder: string
  readonly databasePath: string
  readonly log: () => string
}

/** scrypt's N in tests: a sign-in takes a millisecond. */
export const passwordCost: number = 2 ** 10

export const ownerPassword = 'a quiet porch light'
export const ownerEmail = 'olive@alpha.example'

/** Starts a server that ends with the test. Its widget and console are two small files. */
export async function startApiServer(options: Partial<ServerOptions> = {}): Promise<ApiServer> {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-api-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const dataFolder = join(folder, 'data')
  let log = ''
  const complete: ServerOptions = {
    dataFolder,
    port: 0,
    passwordCost,
    owner: { email: ownerEmail, password: ownerPassword },
    logLevel: 'info',
    log: {
      write(line) {
        log += line
      }
    },
    ...options,
    folders: { ...(await makePages(folder)), ...options.folders }
  }
  const parts = await assemble(complete)
  const server = await serve(parts, complete)
  onTestFinished(() => server.close())
  const { port } = await server.listen()
  return { url: `http://127.0.0.1:${port}`, parts, server, dataFolder, databasePath: join(dataFolder, 'porchlight.db'), log: () => log }
}

async function makePages(folder: string): Promise<{ widget: string; console: string }> {
  const pages = { widget: join(folder, 'widget'), console: join(folder, 'console') }
  for (const [path, content] of [
    ['widget/porchlight.js', '/* loader */'],
    ['widget/assets/panel-a1b2c3d4.js', 'export {}'],
    ['console/index.html', '<!doctype html><title>Console</title>'],
    ['console/assets/main-a1b2c3d4.js', 'export {}']
  ] as const) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return pages
}
