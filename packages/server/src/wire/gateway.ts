import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { ChatError, closeCodes, errorTraits, isChatError, limits, SUBPROTOCOL } from '@porchlight/protocol'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ClientAddress } from '../limits/client-address.js'
import { createPeer } from './peer.js'
import { accessTo, type SiteAccess, type SiteAccessOptions } from './site-access.js'
import type { WireContext } from './wire-context.js'

/** What the gateway works with. */
export interface GatewayOptions extends SiteAccessOptions {
  readonly context: WireContext
  readonly clientAddress: ClientAddress
}

/** The door for sockets. */
export interface Gateway {
  /** Lets in no more sockets. */
  readonly refuse: () => void
  /** Cuts what has not left. */
  readonly close: () => void
}

const path = '/v1/socket'

/** Takes over the upgrades of a server. */
export function attachGateway(server: Server, options: GatewayOptions): Gateway {
  const door = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: limits.frameMaxBytes, handleProtocols: () => SUBPROTOCOL })
  let isClosed = false

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // Not a function made here: it would keep the request, with all its headers, as long as the socket lives.
    stream.on('error', destroyThis)
    try {
      if (isClosed) throw new ChatError('busy', 'the server is shutting down')
      const access = checkUpgrade(options, request)
      door.handleUpgrade(request, stream, head, (socket) => void welcomeSocket(options, { socket, request, access }))
    } catch (error) {
      refuseUpgrade(stream, isChatError(error) ? error : new ChatError('internal', 'a fault of the server', { cause: error }))
    }
  }

  server.on('upgrade', onUpgrade)
  return {
    refuse: () => {
      isClosed = true
    },
    close: () => {
      for (const socket of door.clients) socket.terminate()
      door.close()
    }
  }
}

function destroyThis(this: Duplex): void {
  this.destroy()
}

/** @throws {ChatError} When the request is not for a socket of this version, or not from a page that may. */
function checkUpgrade(options: GatewayOptions, { url = '', headers }: IncomingMessage): SiteAccess {
  const [asked, query] = url.split('?', 2)
  if (asked !== path) throw new ChatError('not_found', 'there is no socket at this address')
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  const access = accessTo(options, new URLSearchParams(query).get('site'), headers)
  if (!offered.includes(SUBPROTOCOL)) throw new ChatError('version', `the subprotocol ${SUBPROTOCOL} was not offered`)
  return access
}

function refuseUpgrade(stream: Duplex, { code, message }: ChatError): void {
  const body = JSON.stringify({ error: { code, message } })
  const head = [
    'Content-Type: application/json',
    'Cache-Control: no-store',
    'Vary: Origin',
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`
  ]
  stream.end(`HTTP/1.1 ${errorTraits[code].httpStatus} Refused\r\n${head.join('\r\n')}\r\n\r\n${body}`)
}

interface NewSocket {
  readonly socket: WebSocket
  readonly request: IncomingMessage
  readonly access: SiteAccess
}

async function welcomeSocket({ context, clientAddress }: GatewayOptions, { socket, request, access }: NewSocket): Promise<void> {
  useOwnCloseCodes(socket)
  const address = clientAddress(request)
  const peer = createPeer({
    context,
    origin: { site: access.site.id, address, isOwnOrigin: access.isOwnOrigin, via: 'socket' },
    transport: {
      send: (text) => socket.send(text),
      unreadBytes: () => socket.bufferedAmount,
      close: (code, reason) => socket.close(code, reason),
      cut: () => socket.terminate()
    }
  })
  socket.on('message', (data, isBinary) => {
    if (isBinary) peer.refuse(new ChatError('invalid', 'frames are text'))
    else void peer.receive(String(data))
  })
  // A fault of the link or of the client; its end follows.
  socket.on('error', () => {})
  socket.on('close', (code) => peer.gone(code === closeCodes.abnormal.code ? 'lost' : 'left'))
  // A browser's script sees no status of a refused upgrade, so the wait is told in a frame.
  const busyMs = context.admission.socket()
  if (busyMs > 0) return peer.refuse(new ChatError('busy', 'the memory is short', { afterMs: busyMs }))
  const afterMs = await context.limits.takeAddress('connectionsPerAddress', address)
  if (afterMs > 0) peer.refuse(new ChatError('rate_limited', 'too many connections', { afterMs }))
}

/** The library closes by itself on a frame that it cannot take; clients know the reasons of this wire. */
function useOwnCloseCodes(socket: WebSocket): void {
  const close = socket.close.bind(socket)
  socket.close = (code, reason) => {
    if (code === 1009) close(closeCodes.tooLarge.code, 'too_large')
    else if (code === 1002 || code === 1007) close(closeCodes.badFrame.code, 'invalid')
    else close(code, reason)
  }
}
