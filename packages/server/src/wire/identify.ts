import { ChatError, type HelloFrame } from '@porchlight/protocol'
import { visitorWith } from '../auth/visitor-credential.js'
import type { OperatorSubject, Subject } from '../chat/subject.js'
import { refuseUntil } from '../limits/refuse-until.js'
import { isTokenGood, isTouchDue, type KnownVisitor } from '../store/visitor-store.js'
import type { PeerOrigin, WireContext } from './wire-context.js'

/** Whom the server takes a connection for. */
export interface Identity {
  readonly subject: Subject
  /** A new credential, for a visitor who had none that is good. */
  readonly token?: string
  /** When the credential ends. */
  readonly expiresAt?: number
  /** The operator's sign-in. */
  readonly session?: string | undefined
  /** Whether the credential is good still. */
  readonly isStillGood: () => Promise<boolean>
}

/**
 * Finds out who says hello. An unknown credential makes a new visitor: what the client chose is never adopted.
 *
 * @throws {ChatError} `forbidden` for a credential of another site or an operator from a foreign page, `unauthorized` for a ticket that is
 * not good, `rate_limited`, `unsupported`.
 */
export async function identify(
  context: WireContext,
  origin: PeerOrigin,
  hello: Pick<HelloFrame, 'token' | 'ticket' | 'identity' | 'subs'>
): Promise<Identity> {
  if (hello.identity !== undefined) throw new ChatError('unsupported', 'this server takes no signed identities')
  if (hello.ticket !== undefined) return identifyOperator(context, origin, hello.ticket)
  const { site, address } = origin
  const known = await visitorWith(site, context.db.query, { token: hello.token, nowMs: context.clock.now() })
  const pages = pagesOf(hello)
  if (known) {
    refuseUntil(await context.limits.takePages(site, { visitor: known.id, address, pages }), 'too many pages are read')
    return identifyKnown(context, site, known)
  }
  // Before the visitor is made: whoever is refused would not learn his credential.
  refuseUntil(await context.limits.takeAddress('pagesPerAddress', address, pages), 'too many pages are read')
  refuseUntil(await context.limits.takeAddress('visitorsPerAddress', address), 'too many new visitors')
  const { id, token, expiresAt } = await context.db.write('visitor.create', site, context.clock.now())
  return { subject: { kind: 'visitor', site, id }, token, expiresAt, isStillGood: async () => true }
}

/** A log without news costs about an eighth of a page that is full; the events of all of them together fill one page. */
const logsPerPage = 8

/** What the greeting reads, counted as the pages that `fetch` reads. */
function pagesOf({ subs = [] }: Pick<HelloFrame, 'subs'>): number {
  return Math.max(1, Math.ceil(subs.length / logsPerPage))
}

async function identifyKnown(context: WireContext, site: string, known: KnownVisitor): Promise<Identity> {
  const isStillGood = (): Promise<boolean> => isTokenGood(site, context.db.query, { hash: known.token.hash, nowMs: context.clock.now() })
  return { subject: subjectOf(site, known), expiresAt: await touch(context, site, known), isStillGood }
}

function subjectOf(site: string, { id, name }: KnownVisitor): Subject {
  return { kind: 'visitor', site, id, ...(name === null ? {} : { name }) }
}

async function identifyOperator(context: WireContext, { site, isOwnOrigin }: PeerOrigin, ticket: string): Promise<Identity> {
  if (!isOwnOrigin) throw new ChatError('forbidden', 'operators connect from the console only')
  const holder = await context.redeemTicket(site, ticket)
  if (!holder) throw new ChatError('unauthorized', 'the ticket is not good')
  const subject: OperatorSubject = { kind: 'operator', site, id: holder.operatorId, name: holder.name, role: holder.role }
  return { subject, session: holder.session, isStillGood: () => context.isStillHeld(site, holder) }
}

/** Uses of credentials that are being noted, by the hash of each. */
const touches = new WeakMap<WireContext['db'], Map<string, Promise<number>>>()

/** Notes the use of a visitor's credential where that is due, once for all his tabs that come back together. Resolves to when the credential ends. */
export async function touch({ db, clock }: Pick<WireContext, 'db' | 'clock'>, site: string, visitor: KnownVisitor): Promise<number> {
  if (!isTouchDue(visitor, clock.now())) return visitor.token.expiresAt
  const running = touches.get(db) ?? new Map<string, Promise<number>>()
  touches.set(db, running)
  const { hash } = visitor.token
  const noted = running.get(hash) ?? db.write('visitor.touch', { site, visitor }, clock.now()).finally(() => running.delete(hash))
  running.set(hash, noted)
  return noted
}
