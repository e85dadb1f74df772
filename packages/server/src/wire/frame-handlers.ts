import type { ClientFrame, CursorFrame, FetchFrame, OpenFrame, PubFrame, TypingFrame } from '@porchlight/protocol'
import { ChatError, limits } from '@porchlight/protocol'
import { participantOf } from '../chat/subject.js'
import { refuseUntil } from '../limits/refuse-until.js'
import { inboxOf } from '../store/inbox-store.js'
import { findVisitor } from '../store/visitor-store.js'
import { renewableMs } from './credential-term.js'
import { errFrame, nackFrame, wireError } from './error-frames.js'
import { maySay, refuseFrame } from './frame-actions.js'
import { touch } from './identify.js'
import type { Speaker } from './speaker.js'

/** Frames of a welcomed connection. */
export type SpokenFrame = Exclude<ClientFrame, { readonly t: 'hello' }>

type Handlers = { readonly [T in SpokenFrame['t']]: (speaker: Speaker, frame: Extract<SpokenFrame, { t: T }>) => void | Promise<void> }

const handlers: Handlers = {
  open: handleOpen,
  pub: handlePub,
  fetch: handleFetch,
  cur: handleCursor,
  typing: handleTyping,
  ping: ({ answer }, { now }) => answer({ t: 'pong', echo: now }),
  // Any frame is a sign of life, and was counted as one.
  pong: () => {},
  auth: handleAuth,
  bye: ({ leave }) => leave()
}

const endsWithCredential: ReadonlySet<SpokenFrame['t']> = new Set(['open', 'pub', 'fetch', 'cur', 'typing'])

/** Does what a frame asks for. Refusals are answered; it throws a {@link ChatError} only where the connection must end. */
export async function handleFrame(speaker: Speaker, frame: SpokenFrame): Promise<void> {
  if (!maySay(speaker.subject, frame)) return refuseFrame(speaker, frame)
  // Signs of life and a better credential are taken to the end.
  if (speaker.term.isOver() && endsWithCredential.has(frame.t)) return refuseFrame(speaker, frame, 'auth_expired')
  noteInput(speaker, frame)
  await (handlers[frame.t] as (speaker: Speaker, frame: SpokenFrame) => void | Promise<void>)(speaker, frame)
}

/** What a console says by itself, such as pongs, fetches and read marks, tells nothing of the person before it. To type in the inbox is its sign of him. */
function noteInput({ context, origin, subject }: Speaker, frame: SpokenFrame): void {
  if (subject.kind !== 'operator' || (frame.t !== 'pub' && frame.t !== 'typing')) return
  if (frame.c === inboxOf(origin.site)) context.presence.noteInput(subject.id, 'sign')
  else context.handovers.noteInput(subject.id, frame.c)
}

async function handleOpen({ context, origin, subject, department, answer }: Speaker, { id, meta }: OpenFrame): Promise<void> {
  if (subject.kind !== 'visitor') return answer(nackFrame(id, 'forbidden'))
  try {
    const named = { ...(department === undefined ? {} : { department }), ...meta }
    const opened = await context.chat.open(origin.site, subject, { id, meta: named, address: origin.address })
    answer({ t: 'ack', id, c: opened.c, epoch: opened.epoch, seq: 0, ts: opened.updatedAt })
    context.hub.moveVisitor(origin.site, subject.id, opened.department)
  } catch (error) {
    const { code, afterMs } = wireError(error, context.log)
    answer(nackFrame(id, code, { afterMs }))
  }
}

async function handlePub({ context, origin, subject, device, answer }: Speaker, { c, id, n, k, body }: PubFrame): Promise<void> {
  try {
    const outcome = await context.chat.publish(origin.site, subject, { c, id, k, body, place: { device, n }, address: origin.address })
    if (outcome.outcome === 'refused') return answer(nackFrame(id, outcome.code, outcome))
    const { epoch, seq, ts, isDuplicate } = outcome
    answer({ t: 'ack', id, c, epoch, seq, ts, ...(isDuplicate ? { dup: true } : {}) })
  } catch (error) {
    const { code, afterMs } = wireError(error, context.log)
    answer(nackFrame(id, code, { afterMs }))
  }
}

async function handleFetch(speaker: Speaker, frame: FetchFrame): Promise<void> {
  const { context, reads, answer } = speaker
  try {
    await reads.take(() => readFor(speaker, frame))
  } catch (error) {
    answer(errFrame(wireError(error, context.log), frame.rid))
  }
}

async function readFor({ context, origin, subject, device, followed, answer }: Speaker, frame: FetchFrame): Promise<void> {
  const { rid, c, epoch, limit = limits.pageMaxEvents } = frame
  if (subject.kind === 'visitor') {
    refuseUntil(await context.limits.takePages(origin.site, { visitor: subject.id, address: origin.address }), 'too many pages are read')
  }
  // What the client holds is of another epoch: it gets the log from its beginning.
  const from = epoch === undefined || epoch === context.db.epoch ? frame.from : 1
  // Whoever reads a log that is told by its heads only looks at it: it comes near again.
  const start = frame.sub === true || followed.isDistant(c) ? followed.begin(c) : 'known'
  if (start === 'full') throw new ChatError('too_large', 'too many logs are followed')
  try {
    const page = await context.chat.read(origin.site, subject, { c, from, limit, device })
    answer({ t: 'page', rid, ...page })
    if (start === 'new') followed.settle(c, page.head)
  } catch (error) {
    if (start === 'new') followed.giveUp(c)
    throw error
  }
}

async function handleCursor({ context, origin, subject, conn, followed, answer }: Speaker, { c, delivered, read }: CursorFrame): Promise<void> {
  // A bucket for each log: an operator with seven chats moves seven cursors, and a lost one would leave its customer without "read".
  if ((await context.limits.take('cursors', followed.has(c) ? `${conn} ${c}` : conn)) > 0) return
  try {
    await context.chat.moveCursor(origin.site, subject, { c, delivered, read })
  } catch (error) {
    answer(errFrame(wireError(error, context.log), c))
  }
}

/** Only who follows a log may type into it: that he may read it was checked when he began. In the inbox nobody is shown it. */
async function handleTyping({ context, origin, subject, conn, followed, answer }: Speaker, { c, on }: TypingFrame): Promise<void> {
  if (subject.kind === 'operator' && c === inboxOf(origin.site)) return
  if (!followed.has(c)) return answer(errFrame(new ChatError('conversation_gone', 'no such conversation for this caller'), c))
  if ((await context.limits.take('typing', `${conn} ${c}`)) > 0) return
  // The connection may have ended meanwhile, and a newer one of the same person said otherwise.
  if (!followed.has(c)) return
  const text = JSON.stringify({ t: 'typing', c, by: participantOf(subject), on, ttl: limits.typingTtlMs })
  context.hub.relay(c, text, { weight: { kind: 'passing' }, exceptId: subject.id })
}

async function handleAuth({ context, origin, subject, term, answer }: Speaker, { token }: { readonly token: string }): Promise<void> {
  const nowMs = context.clock.now()
  // On a connection that stands, one that ended a moment ago is renewed like one that is about to.
  const known = await findVisitor(origin.site, context.db.query, { token, nowMs: nowMs - renewableMs })
  if (known === undefined || known === 'foreign' || known.id !== subject.id) throw new ChatError('unauthorized', 'the credential is not good')
  const expiresAt = await touch(context, origin.site, known)
  term.prolong(expiresAt)
  answer({ t: 'authok', exp_in: Math.max(0, expiresAt - nowMs) })
}
