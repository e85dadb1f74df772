/** First try of a WebSocket while the fallback carries a session … */
const firstProbeMs = 60_000
/** … and every further one, until one is welcomed. */
const nextProbeMs = 300_000
/** So many sockets in a row without a welcome mean that something on the way does not let them through. */
const failuresMax = 2

/** Which kind of wire to try next. */
export interface TransportChoice {
  readonly next: () => 'socket' | 'poll'
  readonly welcomed: (kind: 'socket' | 'poll') => void
  readonly failed: (kind: 'socket' | 'poll') => void
  /** When to look for a WebSocket again, while polling. */
  readonly probeDelayMs: () => number
}

/**
 * WebSocket first. After two that were not welcomed, HTTP. Whatever becomes of HTTP, the next attempt is a WebSocket again: the server
 * may have been gone, or the network may be another one, and a way that does not let it through costs one attempt.
 */
export function createTransportChoice(hasSocket: boolean): TransportChoice {
  let failures = 0
  let probes = 0
  return {
    next: () => (hasSocket && failures < failuresMax ? 'socket' : 'poll'),
    welcomed: (kind) => {
      failures = kind === 'socket' ? 0 : failuresMax - 1
      if (kind === 'socket') probes = 0
    },
    failed: (kind) => {
      failures = kind === 'socket' ? failures + 1 : failuresMax - 1
    },
    probeDelayMs: () => (probes++ === 0 ? firstProbeMs : nextProbeMs)
  }
}
