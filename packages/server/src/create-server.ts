import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { assemble, type Parts } from './assemble.js'
import { addConsoleRoutes } from './assets/console-routes.js'
import { ownFolder, packageFolder } from './assets/package-folder.js'
import { addWidgetRoutes } from './assets/widget-routes.js'
import { addShopRoutes } from './demo/shop-routes.js'
import { addHealthRoutes } from './http/health-routes.js'
import { addMetricsRoute } from './http/metrics-route.js'
import { defaults, type PageFolders, type ServerOptions } from './server-options.js'

/** Where a server can be reached. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
  /** The public URL where one is set, else `http://` with host and port. No slash at the end. */
  readonly url: string
}

/** A server. It answers after `listen` and until `close`. */
export interface Server {
  /** Starts to answer. @throws {Error} with Node's code, such as `EADDRINUSE`. */
  readonly listen: () => Promise<ServerAddress>
  /** Null before `listen` and after `close`. */
  readonly address: () => ServerAddress | null
  /** The one-time token for the first owner, when there is no account yet. It belongs into the fragment of a link, never into a log. */
  readonly setupToken: string | null
  /** Resolves, with why, when the server cannot go on because its database is damaged. Close it then; a supervisor should look. */
  readonly failed: Promise<Error>
  /**
   * Takes no new work, lets what runs end, sends connections away with a time to come back, and closes the database. Resolves within
   * 25 seconds.
   */
  readonly close: () => Promise<void>
}

/**
 * Makes a Porchlight server on a data folder: the wire for widgets, the API, the console, and the widget's files.
 *
 * The database is opened and brought up to date, and the first owner is made or a set-up token issued, before this resolves. Nothing
 * listens yet. One process may hold several servers, each with a folder of its own.
 *
 * @param options See {@link ServerOptions}; only `dataFolder` has no default.
 * @returns A server; whoever makes it closes it, also when `listen` fails.
 * @throws {ChatError} `invalid` when the data folder cannot be used, another server runs on it, or its database is not of this version or an earlier one,
 * `store_unavailable` when the database cannot be opened.
 *
 * @example
 * ```ts
 * import { createServer } from '@porchlight/server'
 *
 * const server = await createServer({ dataFolder: './.porchlight', port: 0, isDemo: true })
 * const { url } = await server.listen()
 * console.log(`shop at ${url}/, console at ${url}/console`)
 * await server.close()
 * ```
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  return serve(await assemble(options), options)
}

/** Adds what is not the API to assembled parts, and gives them a beginning and an end. */
export async function serve(parts: Parts, options: ServerOptions): Promise<Server> {
  const { app } = parts
  let closing: Promise<void> | undefined
  let listening: ServerAddress | null = null

  addHealthRoutes(app, { db: parts.db, clock: parts.clock, isClosing: () => closing !== undefined })
  addMetricsRoute(app, parts.metrics)
  await addPages(parts, options)
  await parts.domain.attach(app)

  async function end(): Promise<void> {
    const wasListening = listening !== null
    if (wasListening) parts.log.info('closing')
    await shutDown(parts)
    listening = null
    if (wasListening) parts.log.info('closed')
  }

  return {
    setupToken: parts.setupToken,
    failed: parts.db.damaged,
    address: () => listening,
    async listen() {
      await app.listen({ port: options.port ?? defaults.port, host: options.host ?? defaults.host })
      listening = addressOf(app, options)
      parts.log.info({ port: listening.port }, 'listening')
      return listening
    },
    close() {
      closing ??= end()
      return closing
    }
  }
}

async function addPages({ app, dataFolder, ownOrigin, clock }: Parts, { folders, isDemo }: ServerOptions): Promise<void> {
  const { widget, console: consoleFolder, shop } = { ...installedFolders(), ...folders }
  await addWidgetRoutes(app, { folder: widget, dataFolder, nowMs: clock.now() })
  await addConsoleRoutes(app, { folder: consoleFolder, ownOrigin })
  if (isDemo) await addShopRoutes(app, { folder: shop, ownOrigin })
}

function installedFolders(): PageFolders {
  const own = ownFolder()
  return {
    widget: join(packageFolder('@porchlight/widget') ?? own, 'dist/cdn'),
    console: join(packageFolder('@porchlight/console') ?? own, 'dist'),
    shop: join(own, 'public')
  }
}

function addressOf(app: FastifyInstance, { publicUrl, host = defaults.host }: ServerOptions): ServerAddress {
  const { port } = app.server.address() as AddressInfo
  return { host, port, url: publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}` }
}

/** What still runs after this is cut off. Supervisors kill after 30 seconds, and clients come back by themselves. */
const hardStopMs = 25_000

/** Sockets leave first, because they hold the requests that an application waits for; the database goes last. */
async function shutDown({ app, db, domain, metrics, postman, upkeep, unlock, log }: Parts): Promise<void> {
  upkeep.close()
  let hardStop: NodeJS.Timeout | undefined
  const deadline = new Promise<void>((resolve) => {
    hardStop = setTimeout(resolve, hardStopMs)
  })
  void deadline.then(() => {
    log.warn('what had not ended was cut off')
    app.server.closeAllConnections()
  })
  const isMailDone = postman?.close(deadline)
  await domain.close(deadline)
  await Promise.race([app.close(), deadline])
  await Promise.race([isMailDone, deadline])
  metrics.close()
  await Promise.race([db.close(), deadline])
  clearTimeout(hardStop)
  unlock()
}
