/** First try of a WebSocket while the fallback carries the session … */
const firstProbeMs = 60_000
/** … and every further one. */
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
 * WebSocket first. After two that were not welcomed, HTTP; and when that is not answered either, both in turn, because then the
 * server is gone and the way may be free when it comes back.
 */
export function createTransportChoice(hasSocket: boolean): TransportChoice {
  let failures = 0
  let probes = 0
  return {
    next: () => (hasSocket && failures < failuresMax ? 'socket' : 'poll'),
    welcomed: (kind) => {
      if (kind === 'poll') return
      failures = 0
      probes = 0
    },
    failed: (kind) => {
      failures = kind === 'socket' ? failures + 1 : failuresMax - 1
    },
    probeDelayMs: () => (probes++ === 0 ? firstProbeMs : nextProbeMs)
  }
}
