import type { ConnectContext, Env, Session, SessionEvent } from '@porchlight/core'
import { ChatError } from '@porchlight/protocol'
import type { Direction, ExchangePart, LinkConditions } from './faulty-link.js'

/** What one connection is made of. */
export interface ConnectionOptions {
  readonly context: ConnectContext
  readonly conditions: () => LinkConditions
  readonly random: () => number
  readonly setTimer: Env['setTimer']
  readonly deadAfterMs: number
  /** Whether this part of an exchange was chosen to break. Answers true once. */
  readonly isStruck: (part: ExchangePart) => boolean
}

/** One connection through a faulty link, from its first attempt to its end. */
export interface Connection {
  /** What the adapter behind the link gets. */
  readonly context: ConnectContext
  /** What the core before the link gets. */
  readonly wrap: (session: Session) => Session
  readonly cut: () => void
  readonly blackHole: (direction: Direction) => void
  readonly isHole: () => boolean
  readonly end: () => void
  readonly onEnd: (callback: () => void) => void
}

/** A connection that stands until it is cut, dies in a hole, or is left. */
export function createConnection(options: ConnectionOptions): Connection {
  const { context, conditions, isStruck, random, setTimer } = options
  const inner = new AbortController()
  const happens = (probability: number) => random() < probability
  const way = { out: createLine(options), in: createLine(options) }
  const isClosed = { out: false, in: false }
  const ended: (() => void)[] = []
  let isOver = false

  const end = () => {
    if (isOver) return
    isOver = true
    inner.abort()
    for (const call of ended) call()
  }
  const cut = () => {
    if (isOver) return
    end()
    context.emit({ type: 'closed', error: new ChatError('network', 'cut by the network') })
  }
  // The end is told behind what is on its way: that still arrives. Into a hole it is not told.
  context.signal.addEventListener('abort', () => void way.out().then(() => (isClosed.out ? setTimer(end, options.deadAfterMs) : end())))

  /** What falls into a hole never arrives, and nobody is told before the end. */
  const fall = () => new Promise<never>((_, reject) => ended.push(() => reject(new ChatError('network', 'the connection has ended'))))
  const carry = async <T>(ask: () => Promise<T>): Promise<T> => {
    await way.out()
    if (isClosed.out) return fall()
    if (isStruck('question') || happens(conditions().cut)) cut()
    if (isOver) throw new ChatError('network', 'the question was lost')
    const answer = await ask()
    await way.in()
    if (isClosed.in) return fall()
    if (isStruck('answer') || happens(conditions().cut)) cut()
    if (isOver) throw new ChatError('network', 'the answer was lost')
    return answer
  }
  const deliver = (event: SessionEvent) => {
    if (isOver || isClosed.in) return
    if (happens(conditions().cut)) return cut()
    if (event.type === 'closed') end()
    if (event.type === 'message' && happens(conditions().lose)) return
    context.emit(event)
    if (event.type === 'message' && happens(conditions().repeat)) context.emit(event)
  }

  return {
    context: {
      ...context,
      signal: inner.signal,
      emit: (event) => {
        // What is to be kept is this end's own word: it crosses no network.
        if (event.type === 'saved') context.emit(event)
        else void way.in().then(() => deliver(event))
      }
    },
    wrap: (session) => wrapSession(session, carry),
    cut,
    blackHole: (direction) => {
      const wasHole = isClosed.out || isClosed.in
      isClosed.out ||= direction !== 'in'
      isClosed.in ||= direction !== 'out'
      if (!wasHole) setTimer(cut, options.deadAfterMs)
    },
    isHole: () => isClosed.out || isClosed.in,
    end,
    onEnd: (callback) => void ended.push(callback)
  }
}

type Carry = <T>(ask: () => Promise<T>) => Promise<T>

function wrapSession(session: Session, carry: Carry): Session {
  const { open, request, reconcile, availability, probe, typing, receipt } = session
  const quietly = (tell: () => void) => void carry(async () => tell()).catch(() => undefined)
  return {
    ...session,
    send: (draft) =>
      carry(() => session.send(draft)).catch((error: unknown) =>
        error instanceof ChatError && error.code === 'network' ? { outcome: 'unknown' as const } : Promise.reject(error)
      ),
    history: (query) => carry(() => session.history(query)),
    ...(open ? { open: (details) => carry(() => open(details)) } : {}),
    ...(request ? { request: (draft) => carry(() => request(draft)) } : {}),
    ...(reconcile ? { reconcile: (draft) => carry(() => reconcile(draft)) } : {}),
    ...(availability ? { availability: () => carry(() => availability()) } : {}),
    ...(probe ? { probe: () => carry(() => probe()) } : {}),
    ...(typing ? { typing: (c, on) => quietly(() => typing(c, on)) } : {}),
    ...(receipt ? { receipt: (c, cursor) => quietly(() => receipt(c, cursor)) } : {})
  }
}

/** A queue in which everything waits a random while, and nothing overtakes. */
function createLine({ random, setTimer, conditions }: ConnectionOptions): () => Promise<void> {
  let last = Promise.resolve()
  return () => {
    const { delayMs } = conditions()
    const waitMs = random() * delayMs
    last = last.then(() => (waitMs > 0 ? new Promise((resolve) => void setTimer(resolve, waitMs)) : undefined))
    return last
  }
}
