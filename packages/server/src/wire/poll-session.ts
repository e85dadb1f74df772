import { createHash } from 'node:crypto'
import { ChatError, limits, randomText } from '@porchlight/protocol'
import type { Clock } from '../clock.js'
import { random } from '../store/new-ids.js'
import { createPeer, type Peer } from './peer.js'
import type { Transport } from './transport.js'
import type { PeerOrigin, WireContext } from './wire-context.js'

/** A connection whose frames come in requests, and whose answers wait in a queue until they are fetched. */
export interface PollSession {
  readonly origin: PeerOrigin
  readonly peer: Peer
  /** Everything that waits, oldest first. */
  readonly take: () => readonly string[]
  /** The same, after something has come or `waitMs` have passed. A newer wait ends an older one with nothing. */
  readonly wait: (waitMs: number, signal: AbortSignal) => Promise<readonly string[]>
}

/** The polling sessions of a server. */
export interface PollSessions {
  readonly begin: (origin: PeerOrigin) => PollSession
  /** @throws {ChatError} `unauthorized` when the credential names none, `forbidden` when it is of another site. */
  readonly find: (credential: string, site: string) => PollSession
  readonly close: () => void
}

/** Makes an empty set of sessions. A session ends by its heartbeat, when no request came for long enough. */
export function createPollSessions(context: WireContext): PollSessions {
  const sessions = new Map<string, PollSession>()
  const queues = new Set<Queue>()

  return {
    begin: (origin) => {
      const credential = `pls_${randomText(32, random)}`
      const key = hashOf(credential)
      const queue = createQueue(context.clock, () => {
        sessions.delete(key)
        queues.delete(queue)
      })
      const peer = createPeer({ context, origin, transport: queue.transport, session: credential })
      const session: PollSession = { origin, peer, take: queue.take, wait: queue.wait }
      sessions.set(key, session)
      queues.add(queue)
      return session
    },
    find: (credential, site) => {
      const session = sessions.get(hashOf(credential))
      if (!session) throw new ChatError('unauthorized', 'no such session; begin again with hello')
      if (session.origin.site !== site) throw new ChatError('forbidden', 'the session is of another site')
      return session
    },
    close: () => {
      for (const queue of [...queues]) queue.transport.cut()
    }
  }
}

function hashOf(credential: string): string {
  return createHash('sha256').update(credential).digest('base64url')
}

interface Queue {
  readonly transport: Transport
  readonly take: () => readonly string[]
  readonly wait: PollSession['wait']
}

function createQueue(clock: Clock, onClosed: () => void): Queue {
  let texts: string[] = []
  let bytes = 0
  let release: (() => void) | undefined
  let isClosed = false

  function take(): readonly string[] {
    const taken = texts
    texts = []
    bytes = 0
    return taken
  }

  function close(): void {
    isClosed = true
    onClosed()
    release?.()
  }

  /** Waits until something comes, the time is over, or whoever asked is gone. */
  function something(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        stopTimer()
        if (release === done) release = undefined
        resolve()
      }
      const stopTimer = clock.setTimer(done, Math.min(waitMs, limits.pollWaitMs))
      signal.addEventListener('abort', done, { once: true })
      release = done
    })
  }

  return {
    transport: {
      send: (text) => {
        texts.push(text)
        bytes += Buffer.byteLength(text)
        release?.()
      },
      unreadBytes: () => bytes,
      close,
      cut: close
    },
    take,
    wait: async (waitMs, signal) => {
      release?.()
      if (texts.length === 0 && waitMs > 0 && !isClosed) await something(waitMs, signal)
      return signal.aborted ? [] : take()
    }
  }
}
