import { ChatError, isMailAddress } from '@porchlight/protocol'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Accounts, createAccounts } from './auth/accounts.js'
import { createOwnOrigin, type OwnOrigin } from './auth/own-origin.js'
import { createPasswordHasher } from './auth/password-hash.js'
import { createSignInThrottle } from './auth/sign-in-throttle.js'
import { startUpkeep, type Upkeep } from './auth/upkeep.js'
import { type Clock, systemClock } from './clock.js'
import { exposureFault, readPublicUrl } from './config/public-url.js'
import { databasePath, prepareDataFolder } from './data-folder.js'
import { ensureDemoSite } from './demo/demo-site.js'
import { createDomain } from './domain.js'
import type { Domain } from './domain.types.js'
import type { ApiContext } from './http/api-context.js'
import { createApp } from './http/app.js'
import type { RouteTable } from './http/route-table.js'
import { createSessionCookie } from './http/session-cookie.js'
import { createClientAddress } from './limits/client-address.js'
import { createLog, silentLog } from './log.js'
import type { MailSettings } from './mail/mail-settings.js'
import { type Postman, startPostman } from './mail/postman.js'
import { createSmtpTransport } from './mail/smtp-transport.js'
import { createMetrics, type Metrics } from './metrics.js'
import { defaults, type ServerOptions } from './server-options.js'
import { type Db, openDatabase } from './store/database.js'
import { lockFolder } from './store/folder-lock.js'
import { createOperatorStore, type OperatorStore } from './store/operator-store.js'
import { createSessionStore, type SessionStore } from './store/session-store.js'
import { createSetupStore, type SetupStore } from './store/setup-store.js'
import { createTicketStore, type TicketStore } from './store/ticket-store.js'

/** A server taken apart: what its routes, its end and its tests reach for. */
export interface Parts {
  readonly app: FastifyInstance
  readonly routes: RouteTable
  readonly db: Db
  readonly domain: Domain
  readonly upkeep: Upkeep
  /** Null where no mail is sent. */
  readonly postman: Postman | null
  readonly metrics: Metrics
  readonly ownOrigin: OwnOrigin
  readonly clock: Clock
  readonly log: Logger
  readonly dataFolder: string
  /** Lets go of the data folder. */
  readonly unlock: () => void
  readonly setupToken: string | null
}

/** Opens the database and puts the parts together, in the order in which they need each other. What was opened is closed when that fails. */
export async function assemble(options: ServerOptions): Promise<Parts> {
  refuseExposure(options)
  refuseFaultySender(options.mail)
  const dataFolder = prepareDataFolder(options.dataFolder)
  const unlock = lockFolder(dataFolder)
  const metrics = createMetrics()
  try {
    const opened = await openDatabase(databasePath(dataFolder), options.limits)
    try {
      return await build({ dataFolder, metrics, unlock, db: metrics.timed(opened) }, options)
    } catch (error) {
      await opened.close()
      throw error
    }
  } catch (error) {
    metrics.close()
    unlock()
    throw error
  }
}

/** The same rules for whoever embeds the server as for the environment. */
function refuseExposure({ host = defaults.host, publicUrl }: ServerOptions): void {
  const fault = exposureFault(host, publicUrl)
  if (fault !== null) throw new ChatError('invalid', fault)
  if (publicUrl !== undefined && readPublicUrl(publicUrl) !== publicUrl)
    throw new ChatError('invalid', 'publicUrl is not written as browsers write origins')
}

function refuseFaultySender(mail: MailSettings | undefined): void {
  if (mail && !isMailAddress(mail.from)) throw new ChatError('invalid', 'mail.from is not one address such as chat@example.com')
}

type Opened = Pick<Parts, 'dataFolder' | 'metrics' | 'unlock' | 'db'>

async function build({ dataFolder, metrics, unlock, db }: Opened, options: ServerOptions): Promise<Parts> {
  const clock = options.clock ?? systemClock
  const log = options.log ? createLog(options.log, options.logLevel) : silentLog()
  const ownOrigin = createOwnOrigin(options.publicUrl)
  const stores = createStores(db)
  const passwords = createPasswordHasher({ cost: options.passwordCost })
  const accounts = createAccounts({ ...stores, passwords, throttle: createSignInThrottle(clock), clock })
  const { domain, upkeep } = await startDomain({ db, stores, ownOrigin, clock, log }, options)
  metrics.watchConnections(domain.hub)
  if (options.isDemo) await ensureDemoSite(domain.sites, stores.operators, clock.now())
  const setupToken = await ensureOwner({ stores, accounts, nowMs: clock.now() }, options.owner)
  const clientAddress = createClientAddress(options.trustProxy)
  const context: ApiContext = { ...stores, accounts, clientAddress, clock, cookie: createSessionCookie(ownOrigin), db, domain, log }
  const { app, routes } = await createApp({ context, ownOrigin, metrics })
  // Last, because whatever fails before would leave it running.
  const postman = options.mail ? startMail(options.mail, { db, domain, clock, log, publicUrl: options.publicUrl }) : null
  return { app, routes, db, domain, upkeep, postman, metrics, ownOrigin, clock, log, dataFolder, unlock, setupToken }
}

interface MailParts extends Pick<Parts, 'db' | 'domain' | 'clock' | 'log'> {
  readonly publicUrl: string | undefined
}

function startMail({ server, from }: MailSettings, { db, domain, clock, log, publicUrl }: MailParts): Postman {
  const stationery = {
    from,
    siteName: (site: string) => domain.sites.get(site)?.name,
    consoleUrl: publicUrl === undefined ? null : `${publicUrl}/console`
  }
  return startPostman({ db, clock, log, send: createSmtpTransport(server), stationery })
}

interface Stores {
  readonly operators: OperatorStore
  readonly sessions: SessionStore
  readonly tickets: TicketStore
  readonly setup: SetupStore
}

function createStores(db: Db): Stores {
  return { operators: createOperatorStore(db), sessions: createSessionStore(db), tickets: createTicketStore(db), setup: createSetupStore(db) }
}

interface DomainParts {
  readonly db: Db
  readonly stores: Stores
  readonly ownOrigin: OwnOrigin
  readonly clock: Clock
  readonly log: Logger
}

async function startDomain({ db, stores, ownOrigin, clock, log }: DomainParts, options: ServerOptions): Promise<{ domain: Domain; upkeep: Upkeep }> {
  const domain = await createDomain({
    db,
    log,
    clock,
    isOwnOrigin: ownOrigin.isOwn,
    isMailing: options.mail !== undefined,
    limits: options.limits,
    vitals: options.vitals,
    trustProxy: options.trustProxy,
    isStillHeld: stores.tickets.isStillHeld,
    recipients: { has: stores.operators.hasStaff, onChange: stores.operators.onChange },
    async redeemTicket(site, ticket) {
      const holder = await stores.tickets.redeem(site, ticket, clock.now())
      if (holder?.session !== undefined) upkeep.noteSocket(holder.operatorId, holder.session)
      return holder
    }
  })
  const upkeep = startUpkeep({ db, ...stores, hub: domain.hub, clock, log })
  return { domain, upkeep }
}

interface OwnerParts {
  readonly stores: Stores
  readonly accounts: Accounts
  readonly nowMs: number
}

/** Makes the owner that the configuration names, or else a token for the one who sees the terminal; nothing when there is an account. */
async function ensureOwner({ stores, accounts, nowMs }: OwnerParts, owner: ServerOptions['owner']): Promise<string | null> {
  if (!(await stores.operators.isEmpty())) return null
  if (!owner) return stores.setup.issue(nowMs)
  const passwordHash = await accounts.hashNew({ password: owner.password, email: owner.email, field: 'PORCHLIGHT_OWNER_PASSWORD' })
  await stores.setup.createOwner({ email: owner.email, name: 'Owner', passwordHash }, nowMs)
  return null
}
