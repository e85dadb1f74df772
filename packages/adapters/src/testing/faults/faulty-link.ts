import type { ChatAdapter, ConnectContext, Env, Session } from '@porchlight/core'
import { ChatError, toChatError } from '@porchlight/protocol'
import { type Connection, createConnection } from './connection.js'

/** How bad a network is. Probabilities from 0 to 1. */
export interface LinkConditions {
  /** An attempt to connect is refused. */
  readonly refuse: number
  /** The connection breaks when something passes: before it arrives, or before its answer is back. */
  readonly cut: number
  /** An entry arrives a second time. */
  readonly repeat: number
  /** An entry is lost, and the connection stands: as where two nodes lose word of each other. */
  readonly lose: number
  /** Longest time that anything is on its way, in milliseconds. */
  readonly delayMs: number
}

/** A network that loses nothing and takes no time. */
export const goodLink: LinkConditions = { refuse: 0, cut: 0, repeat: 0, lose: 0, delayMs: 0 }

/** Which way nothing passes: to the backend, from it, or neither. */
export type Direction = 'out' | 'in' | 'both'

/** What of an exchange does not arrive: the question, so that nothing has happened, or only its answer. */
export type ExchangePart = 'question' | 'answer'

/** Options of {@link createFaultyLink}. */
export interface FaultyLinkOptions {
  readonly adapter: ChatAdapter
  /** Draws in [0, 1); {@link seeded} repeats them. */
  readonly random: () => number
  /** The network's own clock: what is on its way arrives also when the page that sent it is gone. */
  readonly setTimer: Env['setTimer']
  /** Default: {@link goodLink}. */
  readonly conditions?: Partial<LinkConditions> | undefined
  /** After this much time in a black hole both ends give the connection up, as heartbeats make them. Default 30,000. */
  readonly deadAfterMs?: number | undefined
}

/** An adapter behind a network that a test spoils. */
export interface FaultyLink {
  readonly adapter: ChatAdapter
  readonly set: (conditions: Partial<LinkConditions>) => void
  /** Breaks the connection that stands; both ends hear of it at once. */
  readonly cut: () => void
  /** Breaks the connection in the middle of the next exchange. */
  readonly cutNext: (part: ExchangePart) => void
  /** From now on nothing passes the connection that stands, and nobody is told. Connections made later are not concerned. */
  readonly blackHole: (direction: Direction) => void
  /** While apart, nobody connects, and what stands is a black hole. */
  readonly part: (isApart: boolean) => void
  /** Everything works: good conditions, nobody apart, and what fell into a hole is broken. */
  readonly heal: () => void
}

/**
 * Puts a network between the core and an adapter: it refuses, delays, repeats, cuts before or after something arrived, and falls
 * silent in one direction or both. Within one connection nothing overtakes anything, as on TCP; what an ended connection still had on its
 * way may arrive after its successor's first words.
 *
 * @example
 * ```ts
 * import { createChat } from '@porchlight/core'
 * import { memoryEnv } from '@porchlight/core/testing'
 * import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
 * import { createFaultyLink, seeded } from '@porchlight/adapters/testing'
 *
 * const env = memoryEnv()
 * const adapter = memoryAdapter({ backend: createMemoryBackend() })
 * const link = createFaultyLink({ adapter, random: seeded(7), setTimer: env.setTimer, conditions: { cut: 0.1, delayMs: 400 } })
 * const chat = createChat({ adapter: link.adapter, env })
 * void chat.send('Hello')
 * await env.advance(60_000)
 * link.blackHole('in')
 * ```
 */
export function createFaultyLink(options: FaultyLinkOptions): FaultyLink {
  const { adapter, random, deadAfterMs = 30_000 } = options
  let conditions: LinkConditions = { ...goodLink, ...options.conditions }
  let isApart = false
  let struck: ExchangePart | undefined
  const standing = new Set<Connection>()
  const happens = (probability: number) => random() < probability

  const isStruck = (part: ExchangePart) => {
    const isNow = struck === part
    if (isNow) struck = undefined
    return isNow
  }

  const connect = async (context: ConnectContext): Promise<Session> => {
    if (isApart || happens(conditions.refuse)) throw new ChatError('network', 'refused by the network')
    const connection = createConnection({ ...options, deadAfterMs, conditions: () => conditions, context, isStruck })
    standing.add(connection)
    connection.onEnd(() => standing.delete(connection))
    try {
      return connection.wrap(await adapter.connect(connection.context))
    } catch (error) {
      connection.end()
      throw error
    }
  }
  const once = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (isApart || happens(conditions.refuse)) throw new ChatError('network', 'refused by the network')
    const answer = await ask().catch((error: unknown) => Promise.reject(toChatError(error, 'network')))
    if (happens(conditions.cut)) throw new ChatError('network', 'the answer was lost')
    return answer
  }
  const { light, revoke } = adapter

  return {
    adapter: {
      ...adapter,
      connect,
      ...(light ? { light: (signal: AbortSignal, language?: string) => once(() => light(signal, language)) } : {}),
      ...(revoke ? { revoke: (saved: unknown) => once(() => revoke(saved)) } : {})
    },
    set: (next) => {
      conditions = { ...conditions, ...next }
    },
    cut: () => {
      for (const connection of [...standing]) connection.cut()
    },
    cutNext: (part) => {
      struck = part
    },
    blackHole: (direction) => {
      for (const connection of standing) connection.blackHole(direction)
    },
    part: (next) => {
      isApart = next
      if (next) for (const connection of standing) connection.blackHole('both')
    },
    heal: () => {
      conditions = goodLink
      struck = undefined
      isApart = false
      for (const connection of [...standing]) if (connection.isHole()) connection.cut()
    }
  }
}
