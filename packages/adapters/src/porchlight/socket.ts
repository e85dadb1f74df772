import { type ErrorCode, SUBPROTOCOL } from '@porchlight/protocol'
import type { OpenWire, Wire, WireHandlers } from './wire.js'

/** What an adapter needs of a WebSocket constructor: the browser's, Node's or `ws`'s. */
export type WebSocketConstructor = new (url: string, protocols: string) => WebSocket

/** What a close code means here; every other one means that the connection was lost. Held against `closeCodes` by a test. */
const meanings: Readonly<Record<number, ErrorCode>> = {
  1013: 'busy',
  4400: 'invalid',
  4401: 'unauthorized',
  4403: 'forbidden',
  4409: 'busy',
  4413: 'too_large',
  4426: 'version',
  4429: 'rate_limited',
  4503: 'busy'
}
const replacedCode = 4409
/** "Reader too slow": what is missing is fetched by number, so there is nothing to wait for. */
const slowCode = 4508
/** A connection that was pushed out by newer ones of its device stays away for a while; looking at the page ends that. */
const replacedAfterMs = 60_000
/** "Leaves on purpose": a page may not close with a code below 4000. */
const byeCode = 4001

/** A wire on one WebSocket. Late events of a socket that was left are not heard: WebKit delivers them after the next one stands. */
export function socketWire(Constructor: WebSocketConstructor): OpenWire {
  return ({ server, site }, handlers) => {
    try {
      return listen(new Constructor(`${server.replace(/^http/, 'ws')}/v1/socket?site=${site}`, SUBPROTOCOL), handlers)
    } catch {
      // Some engines throw where a policy forbids the address, instead of closing.
      queueMicrotask(() => handlers.end({ code: 'network', message: 'no socket could be made' }))
      return { send: () => undefined, close: () => undefined }
    }
  }
}

function listen(socket: WebSocket, handlers: WireHandlers): Wire {
  let isOurs = true
  socket.onopen = () => isOurs && handlers.open()
  socket.onmessage = ({ data }) => isOurs && handlers.frame(parsed(data))
  socket.onclose = ({ code }) => {
    if (!isOurs) return
    isOurs = false
    handlers.end({
      code: meanings[code] ?? 'network',
      message: `the socket was closed with ${code}`,
      afterMs: code === replacedCode ? replacedAfterMs : undefined,
      isReplaced: code === replacedCode,
      withinMs: code === slowCode ? [0, 0] : undefined
    })
  }
  // Followed by `close`, which says all there is to know. Without a listener, `ws` throws.
  socket.onerror = () => undefined
  return {
    send: (frame) => {
      // A socket that closes takes nothing more; its end follows.
      if (isOurs && socket.readyState === 1) socket.send(JSON.stringify(frame))
    },
    waitingBytes: () => socket.bufferedAmount,
    close: () => {
      isOurs = false
      socket.close(byeCode)
    }
  }
}

function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    return undefined
  }
}
