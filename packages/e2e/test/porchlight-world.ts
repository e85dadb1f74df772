import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { porchlightAdapter, type WebSocketConstructor } from '@porchlight/adapters/porchlight'
import { type Joined, join } from '@porchlight/adapters/testing'
import type { ChatAdapter } from '@porchlight/core'
import { createServer, type Server, type ServerOptions, type Vitals } from '@porchlight/server'
import { WebSocket } from 'ws'
import { signIn } from '../faults/owner-session.js'
import type { PageNetwork } from '../faults/page-network.js'
import { roomyLimits } from '../faults/roomy-limits.js'

/** How a visitor gets to the server. */
export interface VisitorOptions {
  readonly port?: number
  readonly isHttpOnly?: boolean
  /** While it says so, no socket gets through. */
  readonly isSocketBlocked?: () => boolean
  /** The page's own way out. Default: one that nothing can kill. */
  readonly network?: PageNetwork
}

/** One server with an owner who is signed in. */
export interface PorchlightWorld {
  readonly port: number
  /** Makes a site that every page on this machine may use. */
  readonly makeSite: (site: string) => Promise<void>
  readonly setAvailable: (isAvailable: boolean) => Promise<void>
  /** Makes an account that works on a site. */
  readonly addOperator: (site: string, name: string) => Promise<{ readonly email: string; readonly password: string }>
  /** What the API answers to the owner. */
  readonly read: (path: string) => Promise<unknown>
  /** Changes something by the API, as the owner. */
  readonly change: (path: string, body: object) => Promise<void>
  /** A visitor's adapter, through whatever port. */
  readonly visitor: (site: string, options?: VisitorOptions) => ChatAdapter
  /** The owner's console, connected to a site. */
  readonly console: (site: string) => Promise<Joined>
  /** The adapter of the owner's console, on a page of `network`'s origin. */
  readonly operator: (site: string, options: { readonly port: number; readonly network: PageNetwork }) => ChatAdapter
  /** Lets everybody go and starts again on the same port and data. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

const owner = { email: 'olive@example.com', password: 'a quiet porch light' }
/** A page somewhere on this machine. */
const pageOrigin = 'http://localhost:8080'

/** Nobody is sent away because the machine does other things at once; tests of that are the server's. */
const calm: Vitals = { isLate: () => false, isMemoryShort: () => false, stop: () => undefined }

/** Starts a server on a free port with a folder of its own; `clock` is the server's. */
export async function startPorchlightWorld({ clock }: Pick<ServerOptions, 'clock'> = {}): Promise<PorchlightWorld> {
  const dataFolder = await mkdtemp(joinPath(tmpdir(), 'porchlight-adapter-'))
  const options = { dataFolder, owner, passwordCost: 2 ** 10, limits: roomyLimits, clock, vitals: calm }
  let server: Server = await createServer({ ...options, port: 0 })
  const { port } = await server.listen()
  const origin = `http://127.0.0.1:${port}`
  const { call, ticketFor } = await signIn(origin, owner)

  return {
    port,
    makeSite: async (site) => {
      await call('POST', '/api/sites', { site, name: site, origins: ['loopback'] })
    },
    setAvailable: async (available) => {
      await call('PUT', '/api/me/presence', { available })
    },
    addOperator: async (site, name) => {
      const account = { email: `${name}@example.com`, password: `the quiet desk of ${name}` }
      await call('POST', `/api/sites/${site}/operators`, { ...account, name, role: 'agent' })
      return account
    },
    read: (path) => call('GET', path),
    change: async (path, body) => {
      await call('PATCH', path, body)
    },
    visitor: (site, { port: through = port, isHttpOnly = false, isSocketBlocked, network } = {}) =>
      porchlightAdapter({
        server: `http://127.0.0.1:${through}`,
        site,
        WebSocket: isHttpOnly ? null : (network?.WebSocket ?? socketFrom(pageOrigin, isSocketBlocked)),
        fetch: network?.fetch ?? fetchFrom(pageOrigin)
      }),
    console: (site) =>
      join(
        porchlightAdapter({
          server: origin,
          site,
          WebSocket: socketFrom(origin),
          credential: ticketFor(site)
        })
      ),
    operator: (site, { port: through, network }) =>
      porchlightAdapter({ server: `http://127.0.0.1:${through}`, site, ...network, credential: ticketFor(site) }),
    restart: async () => {
      await server.close()
      server = await createServer({ ...options, port })
      await server.listen()
    },
    stop: async () => {
      await server.close()
      await rm(dataFolder, { recursive: true, force: true })
    }
  }
}

/** A WebSocket as a browser on a page of `origin` would open it. */
function socketFrom(origin: string, isBlocked: () => boolean = () => false): WebSocketConstructor {
  function Socket(url: string, protocols: string): WebSocket {
    // The way of a browser whose policy forbids the address.
    if (isBlocked()) throw new Error('blocked')
    return new WebSocket(url, protocols, { origin })
  }
  return Socket as unknown as WebSocketConstructor
}

function fetchFrom(origin: string): typeof fetch {
  // A pool would offer connections that were cut long ago.
  return (input, init) => fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), origin, connection: 'close' } })
}
