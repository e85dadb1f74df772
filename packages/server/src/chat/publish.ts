import { type ErrorCode, errorTraits } from '@porchlight/protocol'
import { noteAnswers } from '../answers/note-answers.js'
import { bodyHash } from '../store/body-hash.js'
import type { ConversationChange } from '../store/conversation-rows.js'
import { type Conversation, findConversation } from '../store/conversation-store.js'
import { type DeviceKey, findVerdict, keepVerdict, readLastN, settleN } from '../store/device-store.js'
import { appendEvent, findEvent } from '../store/event-store.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { type ChatContext, change, type Mailing, type Staff } from './chat-context.js'
import type { Publication, PublishOutcome, Refused, Stored } from './chat-service.types.js'
import { type CheckedData, checkData } from './checked-data.js'
import { convert, isUnattended } from './convert.js'
import { findOperator, keepConversation, previewOf, reopen, settleRequests, takePart } from './effects.js'
import { participantOf, type Subject } from './subject.js'

/** A publication without its body, and its author. */
interface Authored {
  readonly subject: Subject
  readonly publication: Omit<Publication, 'body'>
}

/** What stores a message needs to know before it looks into the database. */
interface PublishInput extends Authored {
  readonly site: string
  readonly staff: Staff
  readonly mailing: Mailing
  /** How soon the site means to answer what becomes a request. */
  readonly targetMs: number
  readonly checked: CheckedData
  /** Tells another content under the same id. */
  readonly hash: string
}

/** A publication, its author, and the conversation it goes to. */
interface Attempt extends PublishInput {
  readonly conversation: Conversation
}

/**
 * Stores a message once, whatever happens in between: the id is looked up and the number given inside one transaction. An id that
 * is known with the same content gets its first answer again and no number; `place.n` keeps the author's own order.
 */
export function publish(
  context: ChatContext,
  site: string,
  { subject, publication }: { readonly subject: Subject; readonly publication: Publication }
): Promise<PublishOutcome> {
  const { body, ...rest } = publication
  const checked = checkData(subject, publication)
  const hash = bodyHash([publication.k, body])
  return change(context, 'message.publish', {
    site,
    subject,
    publication: rest,
    checked,
    hash,
    staff: context.staff(site),
    mailing: context.mailing(site),
    targetMs: context.answerTargets(site).requestTargetMs
  })
}

/** What stores messages. */
export const publishCommands = {
  'message.publish': async (unit: WriteUnit, input: PublishInput): Promise<PublishOutcome> => {
    const { site, subject, publication } = input
    const conversation = await findConversation(site, unit.tx, { subject, c: publication.c })
    if (!conversation) return refused(publication.id, 'conversation_gone')
    const attempt: Attempt = { ...input, conversation }
    return (await findEarlierAnswer(site, unit, attempt)) ?? (await storeFirst(site, unit, attempt))
  }
}

function refused(id: string, code: ErrorCode, more: Pick<Refused, 'afterMs' | 'expectN'> = {}): Refused {
  return { outcome: 'refused', id, code, ...more }
}

function deviceKeyOf({ subject, publication }: Authored): DeviceKey | undefined {
  return publication.place && { c: publication.c, author: subject.id, device: publication.place.device }
}

/** What was said to this id before, or why its turn has not come; undefined when it is new and next. */
async function findEarlierAnswer(site: string, unit: WriteUnit, attempt: Attempt): Promise<PublishOutcome | undefined> {
  const { c, id, place } = attempt.publication
  const known = await findEvent(site, unit.tx, { c, author: attempt.subject.id, id })
  if (known?.body_hash === attempt.hash) return { outcome: 'stored', id, c, epoch: unit.epoch, seq: known.seq, ts: known.ts, isDuplicate: true }

  const key = deviceKeyOf(attempt)
  const next = key && place ? (await readLastN(site, unit.tx, key)) + 1 : 0
  if (known) return place?.n === next ? refuseForEver(site, unit, { attempt, code: 'id_conflict' }) : refused(id, 'id_conflict')
  if (!key || !place || place.n === next) return undefined
  const verdict = place.n < next ? await findVerdict(site, unit.tx, { ...key, id }) : undefined
  return verdict ? refused(id, verdict) : refused(id, 'order', { expectN: next })
}

/** A refusal that no repeat can change uses up its number; otherwise what comes after it would wait for ever. */
async function refuseForEver(
  site: string,
  unit: WriteUnit,
  { attempt, code }: { readonly attempt: Attempt; readonly code: ErrorCode }
): Promise<Refused> {
  const key = deviceKeyOf(attempt)
  const { id, place } = attempt.publication
  if (key && place && errorTraits[code].retry === 'never') await keepVerdict(site, unit, { ...key, n: place.n, id, code })
  return refused(id, code)
}

async function storeFirst(site: string, unit: WriteUnit, attempt: Attempt): Promise<PublishOutcome> {
  const { subject, publication, checked } = attempt
  if ('code' in checked) return refuseForEver(site, unit, { attempt, code: checked.code })
  const afterMs = subject.kind === 'visitor' ? await takeMessage(site, unit, attempt) : 0
  if (afterMs > 0) return refused(publication.id, 'rate_limited', { afterMs })

  const event = await storeWithEffects(site, unit, { attempt, data: checked.data })
  const key = deviceKeyOf(attempt)
  if (key && publication.place) await settleN(site, unit, { ...key, n: publication.place.n })
  const { id, c, seq, ts } = event
  return { outcome: 'stored', id, c, epoch: unit.epoch, seq, ts, isDuplicate: false } satisfies Stored
}

/** Counted here, because only what is new and in its turn counts. */
function takeMessage(site: string, { limits }: WriteUnit, { subject, conversation, publication }: Attempt): Promise<number> {
  const { address = null } = publication
  return limits.takeMessage(site, { visitor: subject.id, address, isStranger: conversation.staff_read === 0 })
}

interface CheckedAttempt {
  readonly attempt: Attempt
  readonly data: Readonly<Record<string, unknown>>
}

async function storeWithEffects(site: string, unit: WriteUnit, { attempt, data }: CheckedAttempt): Promise<StoredEvent> {
  const { staff, subject, publication, conversation, hash } = attempt
  const { c, id, k } = publication
  const by = participantOf(subject)
  const store = (staffOnly = false): Promise<StoredEvent> => appendEvent(site, unit, { c, by, k, id, data, bodyHash: hash, staffOnly })
  if (k === 'note') {
    const event = await store(true)
    await keepConversation(site, unit, { c })
    return event
  }
  const reopened = await reopen(site, unit, conversation)
  const taken = subject.kind === 'operator' ? await takePart(site, unit, { staff, conversation, operator: subject }) : {}
  const event = await store()
  const after = subject.kind === 'visitor' ? await afterCustomer(site, unit, { attempt, event }) : await afterOperator(site, unit, { attempt, event })
  await keepConversation(site, unit, { c, ...reopened, ...taken, ...after, preview: previewOf(String(data['text']), by, unit.now) })
  return event
}

interface StoredAttempt {
  readonly attempt: Attempt
  readonly event: StoredEvent
}

async function afterCustomer(site: string, unit: WriteUnit, { attempt, event }: StoredAttempt): Promise<ConversationChange> {
  const { staff, mailing, targetMs, conversation, publication } = attempt
  const isLate = isUnattended({ staff, conversation })
  const assigned = await findOperator(site, unit, { staff, conversation })
  if (isLate) await convert(site, unit, { conversation, event, address: publication.address ?? null, mailing, targetMs })
  const asked = isLate ? { chat_asked_at: null } : ({ chat: 1, chat_asked_at: conversation.chat_asked_at ?? unit.now } as const)
  return { ...assigned, ...asked, waiting_since: conversation.waiting_since ?? unit.now }
}

/** Whoever answers has read something, also where no cursor says so: his customer is no stranger any more. */
async function afterOperator(site: string, unit: WriteUnit, { attempt, event }: StoredAttempt): Promise<ConversationChange> {
  const { mailing, conversation, publication, subject } = attempt
  const requests = await settleRequests(site, unit, { c: publication.c, seq: event.seq, mailing })
  await noteAnswers(site, unit, { operator: subject.id, conversation, requests })
  return { waiting_since: null, chat_asked_at: null, staff_read: Math.max(1, conversation.staff_read) }
}
