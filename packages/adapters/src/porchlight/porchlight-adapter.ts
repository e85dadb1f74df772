import type { ChatAdapter, ConnectContext, Session } from '@porchlight/core'
import { type Availability, ChatError, checkServerFrame, limits } from '@porchlight/protocol'
import { flushLeftovers } from './flush.js'
import { call } from './http.js'
import { socketWire, type WebSocketConstructor } from './socket.js'
import { createTransportChoice } from './transport.js'
import type { OpenWire, WireAddress } from './wire.js'
import { type Credential, openWireSession } from './wire-session.js'

export type { WebSocketConstructor } from './socket.js'
export type { OpenWire, Wire, WireAddress, WireEnd, WireHandlers } from './wire.js'

/** Options of {@link porchlightAdapter}. */
export interface PorchlightAdapterOptions {
  /** Where the server is, such as `https://chat.example.com`. */
  readonly server: string
  /** The site's public name: 1 to 40 of `a-z`, `0-9` and `-`. */
  readonly site: string
  /** Default: the platform's. Null, or a platform without one (Node 20): plain HTTP. */
  readonly WebSocket?: WebSocketConstructor | null | undefined
  /** Default: the platform's. */
  readonly fetch?: typeof fetch | undefined
  /** Joins as an operator: called for a fresh ticket before each connection. Default: a visitor. */
  readonly credential?: (() => Promise<{ readonly ticket: string }>) | undefined
  /** Loads the HTTP fallback. Default: `import()` of this package's own. For bundles that place their lazy parts themselves. */
  readonly poll?: (() => Promise<{ readonly pollWire: OpenWire }>) | undefined
}

/**
 * Our own server, over a WebSocket or, where none gets through, over plain HTTP with the same frames.
 *
 * Visitors are known by a token that the server makes; the core keeps it on the device. It travels in frames and headers, never
 * in addresses.
 *
 * A site that the server does not know ends an attempt with `not_found`, a page whose origin is not on the site's list with `cors`: both
 * are final. A refused socket tells a page no reason, so the server is asked by HTTP.
 *
 * @throws {ChatError} `invalid` when `server` is no http or https address, or `site` cannot be a site's name.
 *
 * @example
 * ```ts
 * import { createChat } from '@porchlight/core'
 * import { porchlightAdapter } from '@porchlight/adapters/porchlight'
 *
 * const chat = createChat({ adapter: porchlightAdapter({ server: 'https://chat.example.com', site: 'shop' }) })
 * await chat.send('Hello')
 * ```
 */
export function porchlightAdapter(options: PorchlightAdapterOptions): ChatAdapter {
  const { credential, site } = options
  if (!/^[a-z0-9-]{1,40}$/.test(site ?? '')) throw new ChatError('invalid', 'site must be 1 to 40 of a-z, 0-9 and "-"')
  const host = hostOf(options.server)
  const server = options.server.replace(/\/+$/, '')
  const address: WireAddress = { server, site, fetch: options.fetch ?? ((...args) => fetch(...args)) }
  const Constructor = options.WebSocket === undefined ? (globalThis.WebSocket as WebSocketConstructor | undefined) : options.WebSocket
  const choice = createTransportChoice(Boolean(Constructor))
  let refusals = 0
  /** Attempts in a row that ended without a reason. */
  let failures = 0

  const wireOf = async (kind: 'socket' | 'poll'): Promise<OpenWire> => {
    if (kind === 'socket' && Constructor) return socketWire(Constructor)
    const module = await (options.poll ?? (() => import('./poll.js')))().catch(() => undefined)
    // An engine may fulfil the import of a module that threw before, with nothing in it.
    if (typeof module?.pollWire === 'function') return module.pollWire
    choice.failed(kind)
    throw new ChatError('network', 'no HTTP fallback')
  }

  const connect = async (context: ConnectContext): Promise<Session> => {
    const kind = choice.next()
    const [openWire, own] = await Promise.all([wireOf(kind), credentialOf(credential, context.saved)])
    if (context.signal.aborted) throw new ChatError('network', 'was aborted')
    const startedAt = Date.now()
    /** Welcomed, or ended before. */
    let isDecided = false
    context.signal.addEventListener('abort', () => {
      if (!isDecided && Date.now() - startedAt >= limits.connectTimeoutMs - 500) choice.failed(kind)
    })
    return openWireSession({
      address,
      openWire,
      context,
      credential: own,
      onWelcome: () => {
        isDecided = true
        refusals = failures = 0
        choice.welcomed(kind)
        if (kind === 'poll' && Constructor) lookForSocket(context, Constructor)
      },
      onEnd: (error) => {
        if (!isDecided && error.code === 'network') choice.failed(kind)
        isDecided = true
        // Refused twice, a visitor's token is worth nothing any more; the next attempt makes a new visitor.
        if (error.code === 'unauthorized' && own.token !== undefined && ++refusals > 1) context.emit({ type: 'saved', saved: null })
      }
    }).catch((error: ChatError) => failFor(error, context.signal))
  }

  /**
   * Throws what ended an attempt, or why the server lets this page in nowhere. It is asked after the 1st, 2nd, 4th, 8th … failure: one
   * that is down is not asked at each.
   */
  const failFor = async (error: ChatError, signal: AbortSignal): Promise<never> => {
    const isUnclear = error.code === 'network' || error.code === 'not_found'
    if (isUnclear && !signal.aborted && (failures++ & failures) === 0) {
      // Browsers name the origin in every POST; without frames it begins nothing.
      await call(address, `frames?site=${site}`, { method: 'POST', body: '[]', signal }).catch((reason: ChatError) => {
        if (reason.code === 'network') return
        failures = 0
        throw reason
      })
    }
    throw error
  }

  /** While HTTP carries the session: as soon as a WebSocket gets through, the session ends, and the next one uses it. */
  const lookForSocket = (context: ConnectContext, Constructor: WebSocketConstructor) => {
    const timer = setTimeout(() => {
      const probe = socketWire(Constructor)(address, {
        open: () => {
          probe.close()
          context.emit({ type: 'closed', error: new ChatError('network', 'WebSocket is back') })
        },
        frame: () => undefined,
        end: () => {
          if (!context.signal.aborted) lookForSocket(context, Constructor)
        }
      })
    }, choice.probeDelayMs())
    context.signal.addEventListener('abort', () => clearTimeout(timer))
  }

  return {
    name: 'porchlight',
    scope: `${host}:${site}${credential ? ':operator' : ''}`,
    connect,
    light: (signal, lang, department) => askLight(address, signal, new URLSearchParams({ ...(lang && { lang }), ...(department && { department }) })),
    revoke: (saved) => endVisit(address, saved),
    flush: (left) => {
      const { token } = tokenOf(left.saved)
      if (token !== undefined) flushLeftovers(address, token, left)
    }
  }
}

function hostOf(server: string): string {
  try {
    const { host, protocol } = new URL(server)
    if (/^https?:$/.test(protocol)) return host
  } catch {
    // Said below.
  }
  throw new ChatError('invalid', 'server must be an address such as "https://chat.example.com"')
}

async function credentialOf(credential: PorchlightAdapterOptions['credential'], saved: unknown): Promise<Credential> {
  return credential ? { ticket: (await credential()).ticket } : tokenOf(saved)
}

function tokenOf(saved: unknown): Credential {
  const token = (saved as Credential | null)?.token
  return typeof token === 'string' ? { token } : {}
}

/** By HTTP in any case: it needs no connection, and goes on when the page that asks for it is left. */
async function endVisit(address: WireAddress, saved: unknown): Promise<void> {
  const { token } = tokenOf(saved)
  if (token === undefined) return
  const init = { method: 'DELETE', headers: { authorization: `Bearer ${token}` }, keepalive: true }
  const { isOk, status } = await call(address, `session?site=${address.site}`, init)
  if (!isOk) throw new ChatError('network', `the server answered ${status}`)
}

async function askLight(address: WireAddress, signal: AbortSignal, query: URLSearchParams): Promise<Availability> {
  const { isOk, status, body } = await call(address, `sites/${address.site}/light?${query}`, { signal })
  const frame = isOk ? checkServerFrame({ ...(body as object | undefined), t: 'avail' }) : undefined
  if (frame?.t !== 'avail') throw new ChatError('network', `the server answered ${status}`)
  const { t: _, ...availability } = frame
  return availability
}
