import { ChatError, type HelloFrame, limits } from '@porchlight/protocol'
import { mayWrite } from '../chat/subject.js'
import { startCredentialTerm } from './credential-term.js'
import { errFrame } from './error-frames.js'
import { createFollowedLogs, type FollowedLogs } from './followed-logs.js'
import { maySay } from './frame-actions.js'
import { type Heartbeat, startHeartbeat } from './heartbeat.js'
import { createHome, type Home } from './home.js'
import type { Member } from './hub.types.js'
import { type Identity, identify } from './identify.js'
import { keepSeen } from './keep-seen.js'
import type { Life } from './life.js'
import type { Outlet } from './outlet.js'
import type { Speaker } from './speaker.js'
import { createTurns } from './turns.js'
import { beatOf, isVersionShared, welcomeFrame } from './welcome.js'
import type { PeerOrigin, WireContext } from './wire-context.js'

/** Fetches that wait for an earlier one: as many as one post of frames may hold. */
const maxReadsWaiting = limits.framesMaxPerPost

/** A connection before its welcome. */
export interface Newcomer {
  readonly context: WireContext
  readonly origin: PeerOrigin
  readonly conn: string
  readonly generation: number
  readonly life: Life
  readonly outlet: Outlet
  /** Credential of a polling session; sockets have none. */
  readonly session: string
  /** Resolves when everything received so far is answered. */
  readonly settled: () => Promise<unknown>
}

/** A connection after its welcome. */
export interface Greeted {
  readonly speaker: Speaker
  readonly heartbeat: Heartbeat
  /** Tells the client how far its logs have come. */
  readonly tellHeads: () => void
}

/**
 * Everything between `hello` and `welcome`. Logs are followed before they are read, so that nothing falls in between.
 *
 * @throws {ChatError} When the connection must end over it.
 */
export async function greet(newcomer: Newcomer, hello: HelloFrame): Promise<Greeted> {
  const { context, origin, conn, life, outlet, session } = newcomer
  if (!isVersionShared(hello)) throw new ChatError('version', 'no protocol version in common')
  const identity = await identify(context, origin, hello)
  const { subject } = identity
  if (!maySay(subject, hello)) throw new ChatError('forbidden', 'this account may not connect, or not read what it asked for')
  const home = createHome({ availability: context.availability, subject, department: hello.department })
  const followed = admit(newcomer, hello, { identity, home })
  // Rights may have ended while they were looked up, when whoever ended them could not see this connection yet.
  if (!(await identity.isStillGood())) throw new ChatError('unauthorized', 'the credential has ended')
  if (subject.kind === 'operator' && mayWrite(subject)) await context.presence.connect({ site: origin.site, operator: subject, conn }, life.isOver)
  life.onEnd((how) => context.presence.end(conn, how))
  if (subject.kind === 'visitor') life.onEnd(keepSeen(context, subject))

  const subs = hello.subs ?? []
  for (const { c } of subs) followed.begin(c)
  const greeting = await context.chat.greet(origin.site, subject, { device: hello.device, subs })
  const siteInfo = await context.siteInfo.get(origin.site)
  const [newest] = greeting.conversations
  if (newest) home.startAt(newest.department)
  outlet.answer(welcomeFrame({ context, conn, identity, greeting, siteInfo, session, availability: home.now() }))
  const place = subject.kind === 'visitor' ? context.queue.placeOf(origin.site, subject.id) : null
  if (place) outlet.answer({ t: 'queue', ...place })
  else if (subject.kind === 'visitor') context.queue.visitorCame(origin.site)
  const heads = new Map(greeting.subs.map(({ c, head }) => [c, head]))
  for (const { c } of subs) followed.settle(c, heads.get(c))
  const term = startCredentialTerm({
    clock: context.clock,
    expiresAt: identity.expiresAt,
    onNear: (leftMs) => outlet.answer(errFrame({ code: 'auth_expired', afterMs: leftMs })),
    onOver: () => life.finish('token', 'revoked')
  })
  life.onEnd(term.stop)
  return startTalking(newcomer, {
    context,
    origin,
    conn,
    device: hello.device,
    department: hello.department,
    subject,
    term,
    followed,
    reads: createTurns({ maxWaiting: maxReadsWaiting, isOver: life.isOver }),
    answer: outlet.answer,
    leave: () => life.finish('bye', 'left')
  })
}

/** Makes the connection known to the hub. */
function admit(
  { context, origin, conn, generation, life, outlet, settled }: Newcomer,
  hello: HelloFrame,
  { identity: { subject, session }, home }: { readonly identity: Identity; readonly home: Home }
): FollowedLogs {
  const { hub } = context
  const followed = createFollowedLogs({
    follow: (c) => hub.follow(c, member),
    unfollow: (c) => hub.unfollow(c, member),
    send: (text) => outlet.push(text, { kind: 'event' })
  })
  const member: Member = {
    conn,
    generation,
    subject,
    device: hello.device,
    tab: hello.tab,
    via: origin.via,
    session,
    home,
    onEvent: followed.onEvent,
    push: outlet.push,
    close: (name) => life.finish(name, name === 'token' ? 'revoked' : 'left'),
    drain: async (windowMs) => {
      outlet.answer({ t: 'drain', after: [0, windowMs], reason: 'restart' })
      await settled()
      life.finish('restart', 'left')
    }
  }
  life.onEnd(hub.admit(member))
  life.onEnd(followed.clear)
  return followed
}

function startTalking({ context, life, outlet }: Newcomer, speaker: Speaker): Greeted {
  const { clock } = context
  function tellHeads(): void {
    const heads = speaker.followed.takeMovedHeads()
    outlet.answer({ t: 'ping', now: clock.now(), ...(Object.keys(heads).length > 0 ? { heads } : {}) })
  }
  const { every, grace } = beatOf(speaker.subject)
  const heartbeat = startHeartbeat({
    clock,
    everyMs: every,
    graceMs: grace,
    // Over HTTP this ends the request that waits, and the next one is the sign of life: that one waits says only who was there when it came.
    ask: tellHeads,
    onDead: () => life.finish('abnormal', 'lost')
  })
  life.onEnd(heartbeat.stop)
  return { speaker, heartbeat, tellHeads }
}
