import type { ChatAdapter, ConnectContext, Env, Session, SessionEvent } from '@porchlight/core'
import { ChatError } from '@porchlight/protocol'

/** How bad a network is. Probabilities from 0 to 1; all draws come from `random`, so that a seed repeats a run. */
export interface Network {
  random: () => number
  /** An attempt to connect is refused. */
  refuse: number
  /** The connection breaks when something passes: before it arrives, or before its answer is back. */
  cut: number
  /** An event arrives twice. */
  repeat: number
  /** Longest delay of anything. */
  delayMs: number
}

/** A network that loses nothing. */
export const goodNetwork = { refuse: 0, cut: 0, repeat: 0, delayMs: 0 }

/** `adapter` behind `network`. Within one connection nothing overtakes anything, as on TCP. */
export function lossyAdapter(adapter: ChatAdapter, network: Network, env: Env): ChatAdapter {
  const happens = (probability: number) => network.random() < probability
  const connect = async (context: ConnectContext): Promise<Session> => {
    if (happens(network.refuse)) throw new ChatError('network', 'refused by the network')
    const line = createLine(network, env)
    const inner = new AbortController()
    context.signal.addEventListener('abort', () => inner.abort())
    let isCut = false
    const cut = () => {
      if (isCut) return
      isCut = true
      inner.abort()
      context.emit({ type: 'closed', error: new ChatError('network', 'cut by the network') })
    }
    const deliver = (event: SessionEvent) => {
      if (isCut) return
      if (happens(network.cut)) return cut()
      context.emit(event)
      if (event.type === 'message' && happens(network.repeat)) context.emit(event)
    }
    /** Carries a question there and its answer back; either way may be cut. */
    const carry = async <T>(ask: () => Promise<T>): Promise<T> => {
      await line()
      if (happens(network.cut)) cut()
      if (isCut) throw new ChatError('network', 'the question was lost')
      const answer = await ask()
      await line()
      if (happens(network.cut)) cut()
      if (isCut) throw new ChatError('network', 'the answer was lost')
      return answer
    }
    const emit = (event: SessionEvent) => {
      // What is to be kept is this end's own word: it crosses no network.
      if (event.type === 'saved') context.emit(event)
      else void line().then(() => deliver(event))
    }
    const session = await adapter.connect({ ...context, signal: inner.signal, emit })
    return {
      ...session,
      send: (draft) =>
        carry(() => session.send(draft)).catch((error: ChatError) => (error.code === 'network' ? { outcome: 'unknown' } : Promise.reject(error))),
      history: (query) => carry(() => session.history(query)),
      open: (details) => carry(() => session.open!(details)),
      request: (draft) => carry(() => session.request!(draft)),
      ...(session.reconcile ? { reconcile: (draft) => carry(() => session.reconcile!(draft)) } : {})
    }
  }
  return { ...adapter, connect }
}

/** A queue in which everything waits a random while, and nothing overtakes. */
function createLine(network: Network, env: Env): () => Promise<void> {
  let last = Promise.resolve()
  return () => {
    const delayMs = network.random() * network.delayMs
    last = last.then(() => new Promise((resolve) => void env.setTimer(resolve, delayMs)))
    return last
  }
}
