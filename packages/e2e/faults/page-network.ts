import type { WebSocketConstructor } from '@porchlight/adapters/porchlight'
import { WebSocket } from 'ws'

/** A page's sockets and requests, which go when the page goes. */
export interface PageNetwork {
  readonly WebSocket: WebSocketConstructor
  readonly fetch: typeof fetch
  /** From now on no socket gets through, as behind a proxy that knows none. */
  readonly blockSockets: (isBlocked: boolean) => void
  /** The page is gone: what it held is closed by the machine, and nothing is heard any more. */
  readonly kill: () => void
}

/** Options of {@link createPageNetwork}. */
export interface PageNetworkOptions {
  /** Origin of the page. */
  readonly origin: string
  /** The rhythm of the heartbeat, which the server tells in milliseconds, is divided by this. Default 1. */
  readonly speed?: number
}

/** The way out of one page of `origin`, as a browser would open it. */
export function createPageNetwork({ origin, speed = 1 }: PageNetworkOptions): PageNetwork {
  const sockets = new Set<WebSocket>()
  const leaving = new AbortController()
  let isBlocked = false

  function Socket(url: string, protocols: string): WebSocket {
    if (isBlocked || leaving.signal.aborted) throw new Error('blocked')
    const socket = new WebSocket(url, protocols, { origin })
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A socket that is ended before it stands reports that as an error.
    socket.on('error', () => undefined)
    const emit = socket.emit.bind(socket)
    socket.emit = (event, ...parts) => {
      if (leaving.signal.aborted) return false
      return event === 'message' ? emit(event, hurried(String(parts[0]), speed), false) : emit(event, ...parts)
    }
    return socket
  }

  return {
    WebSocket: Socket as unknown as WebSocketConstructor,
    fetch: async (input, init = {}) => {
      const { signal, forget } = abortedByEither(leaving.signal, init.signal)
      try {
        // A pool would offer connections that were cut long ago.
        const headers = { ...(init.headers as Record<string, string>), origin, connection: 'close' }
        const response = await fetch(input, { ...init, headers, signal })
        const text = await response.text()
        return new Response(response.status === 204 ? null : hurried(text, speed), response)
      } finally {
        forget()
      }
    },
    blockSockets: (next) => {
      isBlocked = next
    },
    kill: () => {
      leaving.abort()
      for (const socket of sockets) socket.terminate()
    }
  }
}

/** As `AbortSignal.any`, of which the older signal keeps something for every call that a page makes, as long as the page lives. */
function abortedByEither(first: AbortSignal, second: AbortSignal | null | undefined): { readonly signal: AbortSignal; readonly forget: () => void } {
  const both = new AbortController()
  const stop = () => both.abort()
  const sources = second ? [first, second] : [first]
  for (const source of sources) source.addEventListener('abort', stop)
  if (sources.some(({ aborted }) => aborted)) stop()
  return {
    signal: both.signal,
    forget: () => {
      for (const source of sources) source.removeEventListener('abort', stop)
    }
  }
}

/** What the server tells of its heartbeat, in the time of a page whose clock runs ahead. */
function hurried(text: string, speed: number): string {
  return text.replace(/"hb":\{"every":(\d+),"grace":(\d+)\}/g, (_, every, grace) =>
    JSON.stringify({ hb: { every: Math.ceil(every / speed), grace: Math.ceil(grace / speed) } }).slice(1, -1)
  )
}
