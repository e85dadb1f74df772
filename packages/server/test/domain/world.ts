import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Role, randomText } from '@porchlight/protocol'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach } from 'vitest'
import type { Clock } from '../../src/clock.js'
import { systemClock } from '../../src/clock.js'
import { createDomain } from '../../src/domain.js'
import type { Domain, DomainOptions } from '../../src/domain.types.js'
import { useErrorAnswers } from '../../src/http/error-answers.js'
import { collectRoutes, type RouteTable } from '../../src/http/route-table.js'
import { silentLog } from '../../src/log.js'
import { type Db, openDatabase } from '../../src/store/database.js'
import { changeOnDisk } from './change-on-disk.js'

/** Origin that the sites of a world allow. */
export const shopOrigin = 'https://shop.example'
/** Origin that stands for the server's own pages. */
export const ownOrigin = 'https://chat.example'

/** A running server of the visitors' side, on a free port and a database in a folder of its own. */
export interface World {
  readonly url: string
  readonly db: Db
  readonly domain: Domain
  readonly app: FastifyInstance
  readonly routes: RouteTable
  readonly path: string
  /** Makes an operator of a site and a ticket for one socket. */
  readonly ticketFor: (operatorId: string, options?: { readonly site?: string; readonly role?: Role; readonly session?: string }) => Promise<string>
  /** Resolves when the next HTTP request has come. */
  readonly arrival: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What may differ from world to world. */
export type WorldOptions = Partial<
  Pick<DomainOptions, 'clock' | 'limits' | 'durations' | 'trustProxy' | 'isMailing' | 'isStillHeld' | 'vitals' | 'zoneOffset' | 'recipients' | 'log'>
> & {
  readonly path?: string
  readonly capacity?: number
}

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** A path for a database that is removed after the test. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-test-'))
  opened.push(async () => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'test.db')
}

/** A database that is closed after the test. */
export async function temporaryDatabase(path: string = temporaryPath()): Promise<Db> {
  const db = await openDatabase(path)
  opened.push(db.close)
  return db
}

/** Generous rates, so that only tests about rates meet them. */
const roomy = { count: 1_000_000, perMs: 60_000 }
export const noLimits: NonNullable<DomainOptions['limits']> = {
  framesPerConnection: roomy,
  messageBurst: roomy,
  messagesPerVisitor: roomy,
  messagesPerSite: roomy,
  typing: roomy,
  cursors: roomy,
  pagesPerVisitor: roomy,
  conversationsPerVisitor: roomy,
  requestsPerSite: roomy
}

/** A process that is well, however busy the machine is. */
const calm: NonNullable<DomainOptions['vitals']> = { isLate: () => false, isMemoryShort: () => false, stop: () => {} }

/** Starts a world with the sites `shop` and `other`. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const path = options.path ?? temporaryPath()
  const limits = options.limits ?? noLimits
  const db = await openDatabase(path, limits)
  const clock = options.clock ?? systemClock
  const tickets = new Map<string, { readonly site: string; readonly operatorId: string; readonly role: Role; readonly session: string | undefined }>()
  const domain = await createDomain({
    db,
    clock,
    log: options.log ?? silentLog(),
    limits,
    durations: options.durations,
    trustProxy: options.trustProxy,
    vitals: options.vitals ?? calm,
    zoneOffset: options.zoneOffset,
    recipients: options.recipients,
    isMailing: options.isMailing,
    isOwnOrigin: (origin) => origin === ownOrigin,
    isStillHeld: options.isStillHeld ?? (async () => true),
    redeemTicket: async (site, ticket) => {
      const holder = tickets.get(ticket)
      tickets.delete(ticket)
      return holder?.site === site ? { ...holder, name: holder.operatorId } : null
    }
  })
  for (const id of ['shop', 'other']) {
    if (!domain.sites.get(id))
      await domain.sites.save({ id, name: id, origins: [shopOrigin], capacity: options.capacity ?? 5, settings: {} }, clock.now())
  }
  const app = fastify()
  const arrivals = new Set<() => void>()
  app.addHook('preHandler', async () => {
    for (const resolve of arrivals) resolve()
    arrivals.clear()
  })
  const routes = collectRoutes(app)
  useErrorAnswers(app, { log: silentLog(), routes })
  await domain.attach(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await domain.close()
    await app.close()
    await db.close()
  }
  opened.push(close)
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    db,
    domain,
    app,
    routes,
    path,
    arrival: () => new Promise((resolve) => void arrivals.add(resolve)),
    close,
    ticketFor: async (operatorId, { site = 'shop', role = 'agent', session } = {}) => {
      await addOperator(path, clock, { operatorId, site, role })
      const ticket = `plt_${randomText(32, (bytes) => crypto.getRandomValues(bytes))}`
      tickets.set(ticket, { site, operatorId, role, session })
      return ticket
    }
  }
}

/** A world whose one operator wants chats and has no room: texts are chats that wait, and nobody is given them. */
export async function startBusyWorld(options: WorldOptions = {}): Promise<World> {
  const world = await startWorld({ ...options, capacity: 0 })
  const operator = { id: 'full', name: 'full' }
  await addOperator(world.path, options.clock ?? systemClock, { operatorId: operator.id, site: 'shop', role: 'agent' })
  await world.domain.presence.connect({ site: 'shop', operator, conn: 'x_full' })
  await world.domain.presence.setAvailable(operator.id, true)
  return world
}

async function addOperator(
  path: string,
  clock: Clock,
  { operatorId, site, role }: { readonly operatorId: string; readonly site: string; readonly role: Role }
): Promise<void> {
  const now = clock.now()
  await changeOnDisk(path, async ({ tx }) => {
    await tx
      .insertInto('operator')
      .values({
        id: operatorId,
        email: `${operatorId}@example.com`,
        name: operatorId,
        password_hash: '-',
        available: 0,
        disabled: 0,
        created_at: now,
        updated_at: now
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await tx
      .insertInto('membership')
      .values({ site, operator: operatorId, role })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}
