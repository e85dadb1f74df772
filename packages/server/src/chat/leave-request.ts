import {
  ChatError,
  checkAnswers,
  keptFields,
  type LeaveRequestBody,
  type Participant,
  type RequestForm,
  type RequestReceipt,
  type SiteInfo
} from '@porchlight/protocol'
import { bodyHash } from '../store/body-hash.js'
import { type Conversation, createConversation, newestConversation } from '../store/conversation-store.js'
import { appendEvent } from '../store/event-store.js'
import { reportRequest } from '../store/inbox-store.js'
import { newEventId } from '../store/new-ids.js'
import { findKeyedRequest, type KeyedRequest, keepRequestKey } from '../store/request-key-store.js'
import { freeReference, insertRequest, type StoredRequest } from '../store/request-store.js'
import { addToken, countTokens, createVisitor, nameVisitor } from '../store/visitor-store.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { askForNotice } from './ask-for-mail.js'
import { type ChatContext, change, type Mailing } from './chat-context.js'
import type { RequestSubmission } from './chat-service.types.js'
import { keepConversation, previewOf, reopen } from './effects.js'
import { withoutQuery } from './open.js'
import type { VisitorSubject } from './subject.js'

/** A form that was filled in faster than this was not filled in by a person. */
const hasteMs = 2_000
/** Whoever lost the credential of a first answer may ask for it again for this long. */
const renewableMs = 86_400_000

/** A request and who leaves it; without a visitor, one is made. */
export interface LeaveRequestAttempt {
  readonly visitor: VisitorSubject | null
  readonly submission: RequestSubmission
}

interface KnownAttempt extends LeaveRequestAttempt {
  readonly site: string
  readonly siteInfo: SiteInfo
  /** As the site names it; null where the request names none that there is. */
  readonly department: string | null
  readonly mailing: Mailing
  /** The site means to answer within this. */
  readonly targetMs: number
}

/** A receipt, and whether it is the first for its key; or what is wrong with the answers to the site's own fields, by place. */
export type LeaveRequestResult =
  | { readonly isNew: boolean; readonly receipt: RequestReceipt }
  | { readonly problems: Readonly<Record<string, string>> }

/**
 * Keeps a request once for each key, with its event in its visitor's conversation, in one transaction. Nothing that looks like spam
 * is hidden: it is marked.
 *
 * @throws {ChatError} `id_conflict` when the key was used with another content or by another visitor, `unsupported` where nobody would receive it.
 */
export async function leaveRequest(context: ChatContext, site: string, attempt: LeaveRequestAttempt): Promise<LeaveRequestResult> {
  const department = context.department(site, attempt.submission.body.department)
  const { requestTargetMs: targetMs } = context.answerTargets(site)
  const mailing = context.mailing(site)
  return change(context, 'request.leave', { site, siteInfo: await context.siteInfo(site), ...attempt, department, mailing, targetMs })
}

/** What leaves requests. */
export const leaveRequestCommands = {
  'request.leave': async (unit: WriteUnit, attempt: KnownAttempt): Promise<LeaveRequestResult> => {
    const { site, visitor, submission, siteInfo, department, mailing, targetMs } = attempt
    const { form } = siteInfo
    const { fields } = submission.body
    const hash = bodyHash([fields, submission.body.department])
    const known = await findKeyedRequest(site, unit.tx, submission.key)
    if (known) return { isNew: false, receipt: await repeatedReceipt(site, unit, { known, hash, visitor }) }

    // After that: what was taken once is not refused because the site has become another one.
    if (siteInfo.requests === 'none') throw new ChatError('unsupported', 'nobody would receive a request on this site')
    const problems = checkAnswers(form, fields)
    if (Object.keys(problems).length > 0) return { problems }
    // Only what becomes a request counts as one: who sends one again, or corrects it, is no more suspect for it.
    const isDoubtful = await unit.limits.isRequestDoubtful(site, submission.address)
    const owner = visitor ?? (await createVisitor(site, unit))
    if (fields.name !== undefined) await nameVisitor(site, unit, { visitor: owner.id, name: fields.name })
    const request = await storeRequest(site, unit, { submission, visitor: owner.id, form, department, hash, isDoubtful, mailing, targetMs })
    const renewableUntil = visitor ? 0 : unit.now + renewableMs
    await keepRequestKey(site, unit, { key: submission.key, request: request.id, renewableUntil })
    return { isNew: true, receipt: receiptOf(request, unit.epoch, 'token' in owner ? owner.token : undefined) }
  }
}

interface Repetition {
  readonly known: KeyedRequest
  readonly hash: string
  readonly visitor: VisitorSubject | null
}

/** Credentials that one visitor may hold; repeats beyond them get the receipt alone. */
const maxTokens = 8

/**
 * A key belongs to the visitor who used it first. Whoever lost the first answer lost the credential in it, too: the key, which nobody
 * but its maker ever sees, and the whole content prove that it is the same sender, so he gets another one for the same visitor, a few
 * times within a day. Not where the first call brought a credential, for its sender has that still; nor where none is left: then they ran
 * out, or the visitor ended them all.
 */
async function repeatedReceipt(site: string, unit: WriteUnit, { known, hash, visitor }: Repetition): Promise<RequestReceipt> {
  const { request, renewableUntil } = known
  if (request.body_hash !== hash) throw new ChatError('id_conflict', 'the idempotency key was used with another content')
  if (visitor && visitor.id !== request.visitor) throw new ChatError('id_conflict', 'the idempotency key was used by another visitor')
  if (visitor || unit.now >= renewableUntil) return receiptOf(request, unit.epoch, undefined)
  const held = await countTokens(site, unit, request.visitor)
  const isGiven = held > 0 && held < maxTokens
  return receiptOf(request, unit.epoch, isGiven ? (await addToken(site, unit, request.visitor)).token : undefined)
}

function receiptOf(request: StoredRequest, epoch: string, token: string | undefined): RequestReceipt {
  const { id, reference, c, seq, state, created_at } = request
  return { id, reference, c, epoch, seq, state, createdAt: created_at, ...(token === undefined ? {} : { token }) }
}

interface NewRequest {
  readonly submission: RequestSubmission
  readonly form: RequestForm | undefined
  readonly visitor: string
  readonly department: string | null
  readonly hash: string
  /** Mark it as probable spam, whatever it looks like. */
  readonly isDoubtful: boolean
  readonly mailing: Mailing
  readonly targetMs: number
}

async function storeRequest(site: string, unit: WriteUnit, request: NewRequest): Promise<StoredRequest> {
  const { submission, visitor, form, department, hash, isDoubtful, mailing, targetMs } = request
  const { body } = submission
  const fields = keptFields(body.fields, form, body.locale)
  // Operators see the id; the key may bring a credential, so it is not the id.
  const id = newEventId(unit.now)
  const conversation = await conversationFor(site, unit, request)
  const by: Participant = { role: 'visitor', id: visitor, ...(fields.name === undefined ? {} : { name: fields.name }) }
  const reopened = await reopen(site, unit, conversation)
  const reference = await freeReference(site, unit.tx)
  const { c, seq } = await appendEvent(site, unit, {
    c: conversation.c,
    by,
    k: 'request',
    id,
    data: { request: id, reference, fields },
    bodyHash: hash
  })
  const stored = await insertRequest(site, unit, {
    id,
    reference,
    c,
    seq,
    visitor,
    department: department ?? conversation.department,
    state: 'new',
    fields: JSON.stringify(fields),
    due: unit.now + targetMs,
    spam: isDoubtful || looksLikeSpam(body) ? 1 : 0,
    page: body.page === undefined ? null : withoutQuery(body.page),
    locale: body.locale ?? null,
    body_hash: hash
  })
  await askForNotice(site, unit, { mailing, request: stored })
  await reportRequest(site, unit, stored)
  const waiting_since = conversation.waiting_since ?? unit.now
  await keepConversation(site, unit, { c, ...reopened, waiting_since, chat_asked_at: null, preview: previewOf(fields.text, by, unit.now) })
  return stored
}

async function conversationFor(site: string, unit: WriteUnit, { visitor, department, submission: { body } }: NewRequest): Promise<Conversation> {
  const newest = await newestConversation(site, unit.tx, visitor)
  if (newest) return newest
  return createConversation(site, unit, {
    visitor,
    department,
    locale: body.locale,
    page: body.page === undefined ? undefined : withoutQuery(body.page)
  })
}

function looksLikeSpam({ website, shownMs }: LeaveRequestBody): boolean {
  return (website ?? '') !== '' || (shownMs !== undefined && shownMs < hasteMs)
}
