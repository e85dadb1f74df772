import { type HelloFrame, limits, PROTOCOL_VERSION, type SiteInfo, type WelcomeFrame } from '@porchlight/protocol'
import type { KnownAvailability } from '../availability/availability.types.js'
import type { Greeting } from '../chat/chat-service.types.js'
import { participantOf, type Subject } from '../chat/subject.js'
import type { Identity } from './identify.js'
import type { WireContext } from './wire-context.js'

/** How often a connection is asked for a sign of life, and how long it may take. */
export interface Beat {
  readonly every: number
  readonly grace: number
}

/** Operators are watched more closely: customers wait for them. */
export function beatOf({ kind }: Subject): Beat {
  if (kind === 'operator') return { every: limits.operatorPingMs, grace: limits.operatorGraceMs }
  return { every: limits.visitorPingMs, grace: limits.visitorGraceMs }
}

/** Whether client and server have a version in common. */
export function isVersionShared({ v: [lowest, highest] }: HelloFrame): boolean {
  return lowest <= PROTOCOL_VERSION && PROTOCOL_VERSION <= highest
}

/** What a `welcome` is made of. */
export interface WelcomeParts {
  readonly context: Pick<WireContext, 'clock'>
  readonly conn: string
  readonly identity: Identity
  readonly greeting: Greeting
  readonly siteInfo: SiteInfo
  /** Credential of a polling session; sockets have none. */
  readonly session: string
  /** Who is home for it. */
  readonly availability: KnownAvailability
}

/** The answer to a good `hello`. */
export function welcomeFrame({ context, conn, identity, greeting, siteInfo, session, availability }: WelcomeParts): WelcomeFrame {
  const { subject, token, expiresAt } = identity
  const now = context.clock.now()
  const { id, name } = participantOf(subject)
  const isVisitor = subject.kind === 'visitor'
  return {
    t: 'welcome',
    v: PROTOCOL_VERSION,
    conn,
    ...(session === '' ? {} : { session }),
    now,
    hb: beatOf(subject),
    limits: { text: limits.textMaxCodePoints, frame: limits.frameMaxBytes },
    durability: 'fsync',
    ...(token === undefined ? {} : { token }),
    you: { id, ...(name === undefined ? {} : { name }), verified: !isVisitor },
    subs: greeting.subs,
    ...(isVisitor ? { conversations: greeting.conversations } : {}),
    avail: availability,
    ...(isVisitor && Object.keys(siteInfo).length > 0 ? { site: siteInfo } : {}),
    ...(expiresAt === undefined ? {} : { exp_in: expiresAt - now })
  }
}
