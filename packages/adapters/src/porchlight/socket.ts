import { type CloseAction, closeAction, closeCodes, type ErrorCode, SUBPROTOCOL } from '@porchlight/protocol'
import type { OpenWire, Wire, WireHandlers } from './wire.js'

/** What an adapter needs of a WebSocket constructor: the browser's, Node's or `ws`'s. */
export type WebSocketConstructor = new (url: string, protocols: string) => WebSocket

const codeOf: Readonly<Record<CloseAction, ErrorCode>> = {
  backoff: 'network',
  wait: 'busy',
  drop_item: 'internal',
  new_token: 'unauthorized',
  stop: 'forbidden',
  replaced: 'busy',
  at_once: 'network'
}
/** A connection that was pushed out by newer ones of its device stays away for a while; coming back to the page ends that. */
const replacedAfterMs = 60_000

/** A wire on one WebSocket. Late events of a socket that was left are not heard: WebKit delivers them after the next one stands. */
export function socketWire(Constructor: WebSocketConstructor): OpenWire {
  return ({ server, site }, handlers) => {
    try {
      return listen(new Constructor(`${server.replace(/^http/, 'ws')}/v1/socket?site=${encodeURIComponent(site)}`, SUBPROTOCOL), handlers)
    } catch {
      // Some engines throw where a policy forbids the address, instead of closing.
      queueMicrotask(() => handlers.end({ code: 'network', message: 'no socket could be made', wasOpen: false }))
      return { send: () => undefined, close: () => undefined }
    }
  }
}

function listen(socket: WebSocket, handlers: WireHandlers): Wire {
  let isOurs = true
  let wasOpen = false
  socket.onopen = () => {
    if (!isOurs) return
    wasOpen = true
    handlers.open()
  }
  socket.onmessage = ({ data }) => {
    if (isOurs) handlers.frame(parsed(data))
  }
  socket.onclose = ({ code }) => {
    if (!isOurs) return
    isOurs = false
    const action = closeAction(code)
    const error = code === closeCodes.version.code ? 'version' : codeOf[action]
    const afterMs = action === 'replaced' ? { afterMs: replacedAfterMs } : {}
    handlers.end({ code: error, message: `the socket was closed with ${code}`, wasOpen, closeCode: code, ...afterMs })
  }
  // Followed by `close`, which says all there is to know. Without a listener, `ws` throws.
  socket.onerror = () => undefined
  return {
    send: (frame) => {
      if (isOurs && wasOpen) socket.send(JSON.stringify(frame))
    },
    close: () => {
      isOurs = false
      try {
        socket.close(closeCodes.bye.code)
      } catch {
        // A constructor of another kind may refuse the code; the socket is left either way.
      }
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
