import {
  checkServerFrame,
  type EventFrame,
  parse,
  type ServerFrame,
  type ServerPongFrame,
  SUBPROTOCOL,
  type TicketGrant,
  TicketGrantSchema
} from '@porchlight/protocol'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { ApiServer } from './api-server.js'
import { type Browser, succeed } from './browser.js'

/** A socket as a console opens it. */
export interface OperatorSocket {
  /** Resolves to the first frame of a type, also one that came before. */
  readonly frame: <T extends ServerFrame['t']>(t: T) => Promise<Extract<ServerFrame, { t: T }>>
  /** Resolves to the first event of a kind. */
  readonly event: (k: string) => Promise<EventFrame>
  /** Asks for a sign of life, and resolves when it has come. */
  readonly ping: () => Promise<unknown>
  readonly send: (frame: object) => void
  /** Resolves to the close code. */
  readonly closed: Promise<number>
}

/** How a hello differs from a console's. */
export interface HelloOptions {
  readonly site: string
  readonly ticket?: string
  readonly origin?: string
  readonly cookie?: string | null
}

const device = 'A'.repeat(22)

/** Opens a socket and says hello. */
export function openSocket({ url }: ApiServer, { site, ticket, origin = url, cookie }: HelloOptions): OperatorSocket {
  const headers = cookie ? { cookie } : {}
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket?site=${site}`, SUBPROTOCOL, { origin, headers })
  onTestFinished(() => socket.terminate())
  const seen: ServerFrame[] = []
  const listeners = new Set<() => void>()
  let pings = 0
  socket.on('open', () => socket.send(JSON.stringify({ t: 'hello', v: [1, 1], device, ...(ticket === undefined ? {} : { ticket }) })))
  socket.on('message', (data) => {
    const frame = checkServerFrame(JSON.parse(String(data)))
    if (frame) seen.push(frame)
    for (const listener of listeners) listener()
  })
  // A refused upgrade; `closed` follows.
  socket.on('error', () => {})

  function first<T extends ServerFrame>(test: (frame: ServerFrame) => frame is T): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = seen.find(test)
        if (!found) return
        listeners.delete(look)
        resolve(found)
      }
      listeners.add(look)
      look()
    })
  }

  const send = (frame: object) => socket.send(JSON.stringify(frame))
  return {
    closed: new Promise((resolve) => socket.once('close', resolve)),
    send,
    ping: () => {
      const now = ++pings
      send({ t: 'ping', now })
      return first((frame): frame is ServerPongFrame => frame.t === 'pong' && frame.echo === now)
    },
    frame: (t) => first((frame): frame is Extract<ServerFrame, { t: typeof t }> => frame.t === t),
    event: (k) => first((frame): frame is EventFrame => frame.t === 'ev' && frame.k === k)
  }
}

/** Fetches a ticket. */
export async function ticketFor(browser: Browser, site: string): Promise<TicketGrant> {
  return parse(TicketGrantSchema, await succeed(browser.call('POST', '/api/tickets', { body: { site } })))
}

/** Opens the socket of somebody who is signed in, and waits for its welcome. */
export async function connect(server: ApiServer, browser: Browser, site: string): Promise<OperatorSocket> {
  const socket = openSocket(server, { site, ticket: (await ticketFor(browser, site)).ticket })
  await socket.frame('welcome')
  return socket
}
