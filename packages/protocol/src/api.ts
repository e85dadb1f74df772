import * as v from 'valibot'
import { type AnswerTargets, AnswerTargetsSchema } from './api-answers.js'
import { type KeptRequestFields, KeptRequestFieldsSchema, type RequestFields, RequestFieldsSchema } from './event-data.js'
import { limits } from './limits.js'
import { type MailedRequest, mailedRequestEntries } from './request-mail.js'
import { count, flag, line, logId, milliseconds, type Schema, shortText, siteId, word } from './schema.js'

/** Body of `POST /v1/requests?site=`. The `Idempotency-Key` header holds the UUIDv7 made with the first keystroke. */
export interface LeaveRequestBody {
  readonly fields: RequestFields
  readonly department?: string
  readonly page?: string
  readonly locale?: string
  /** Milliseconds from the form's appearance to its sending. */
  readonly shownMs?: number
  /** A field that people do not see. */
  readonly website?: string
}

/** Schema of {@link LeaveRequestBody}. */
export const LeaveRequestBodySchema: Schema<LeaveRequestBody> = v.object({
  fields: RequestFieldsSchema,
  department: v.exactOptional(shortText),
  page: v.exactOptional(v.pipe(v.string(), v.maxLength(limits.urlMaxChars))),
  locale: v.exactOptional(shortText),
  shownMs: v.exactOptional(milliseconds),
  website: v.exactOptional(shortText)
})

/** A request's way through the hands of operators. */
export type RequestState = 'new' | 'open' | 'answered' | 'closed'

/** What the customer gets for a request: 201 the first time, 200 with the same content at every repeat. */
export interface RequestReceipt {
  readonly id: string
  readonly reference: string
  readonly c: string
  readonly epoch: string
  readonly seq: number
  readonly state: RequestState
  readonly createdAt: number
  /** A new visitor's credential, when the caller had none. */
  readonly token?: string
}

/** Schema of {@link RequestReceipt}. */
export const RequestReceiptSchema: Schema<RequestReceipt> = v.object({
  id: word,
  reference: word,
  c: logId,
  epoch: word,
  seq: count,
  state: v.picklist(['new', 'open', 'answered', 'closed']),
  createdAt: milliseconds,
  token: v.exactOptional(word)
})

/** A field of a body that was refused, and why. */
export interface FieldProblem {
  readonly field: string
  readonly problem: string
}

/** Body of every HTTP answer that reports a failure. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly after?: number; readonly fields?: readonly FieldProblem[] }
}

/** Schema of {@link ErrorBody}. */
export const ErrorBodySchema: Schema<ErrorBody> = v.object({
  error: v.object({
    code: word,
    message: word,
    after: v.exactOptional(milliseconds),
    fields: v.exactOptional(v.array(v.object({ field: word, problem: word })))
  })
})

/** What an operator may do on a site, from most to least. */
export type Role = 'owner' | 'admin' | 'agent' | 'viewer'

/** Schema of {@link Role}. */
export const RoleSchema: Schema<Role> = v.picklist(['owner', 'admin', 'agent', 'viewer'])

/** The newest visible thing in a conversation, for lists. */
export interface Preview {
  readonly text: string
  readonly by: 'visitor' | 'agent' | 'bot' | 'system'
  readonly at: number
}

const preview: Schema<Preview> = v.object({ text: word, by: v.picklist(['visitor', 'agent', 'bot', 'system']), at: milliseconds })

/** A row of the console's "Conversations". */
export interface ConversationRow {
  readonly c: string
  readonly epoch: string
  readonly head: number
  readonly state: 'open' | 'closed'
  readonly department: string | null
  readonly visitor: { readonly id: string; readonly name: string }
  readonly assignee: { readonly id: string; readonly name: string } | null
  readonly preview: Preview | null
  /** Since when the customer waits for an answer; null when he does not. */
  readonly waitingSince: number | null
  /** Highest `seq` that any operator has read. */
  readonly read: number
  /** A chat happened in it, so it stands in "Conversations". */
  readonly chat: boolean
  readonly page: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** Schema of {@link ConversationRow}. */
export const ConversationRowSchema: Schema<ConversationRow> = v.object({
  c: logId,
  epoch: word,
  head: count,
  state: v.picklist(['open', 'closed']),
  department: v.nullable(word),
  visitor: v.object({ id: word, name: word }),
  assignee: v.nullable(v.object({ id: word, name: word })),
  preview: v.nullable(preview),
  waitingSince: v.nullable(milliseconds),
  read: count,
  chat: flag,
  page: v.nullable(word),
  createdAt: milliseconds,
  updatedAt: milliseconds
})

/** A row of the console's "Requests". */
export interface RequestRow extends MailedRequest {
  readonly id: string
  readonly reference: string
  readonly c: string
  readonly epoch: string
  readonly seq: number
  readonly state: RequestState
  readonly department: string | null
  readonly fields: KeptRequestFields
  /** When the site means to have answered, in milliseconds since 1970, as it meant when the request came; null in rows of earlier versions. */
  readonly due: number | null
  readonly spam: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** Schema of {@link RequestRow}. */
export const RequestRowSchema: Schema<RequestRow> = v.object({
  id: word,
  reference: word,
  c: logId,
  epoch: word,
  seq: count,
  state: v.picklist(['new', 'open', 'answered', 'closed']),
  department: v.nullable(word),
  fields: KeptRequestFieldsSchema,
  due: v.nullable(milliseconds),
  spam: flag,
  ...mailedRequestEntries,
  createdAt: milliseconds,
  updatedAt: milliseconds
})

/** What the operator's own log of a site (`inbox:<site>`) carries, by event kind: always the whole row. */
export interface InboxData {
  readonly 'conversation.changed': ConversationRow
  readonly 'request.changed': RequestRow
  readonly 'presence.changed': OperatorPresence
}

/** One operator, as colleagues see him. */
export interface OperatorPresence {
  readonly id: string
  readonly name: string
  /** He wants chats. */
  readonly available: boolean
  /** His console is connected. */
  readonly live: boolean
}

/** Schema of {@link OperatorPresence}. */
export const OperatorPresenceSchema: Schema<OperatorPresence> = v.object({ id: word, name: word, available: flag, live: flag })

/** A signed-in operator. */
export interface Me {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly available: boolean
  readonly sites: readonly { readonly site: string; readonly name: string; readonly role: Role }[]
}

/** Schema of {@link Me}. */
export const MeSchema: Schema<Me> = v.object({
  id: word,
  name: word,
  email: word,
  available: flag,
  sites: v.array(v.object({ site: siteId, name: word, role: RoleSchema }))
})

/** A password that may be set: 12 to 128 characters, no other rule (OWASP ASVS 5.0, 6.2). */
export const newPassword: Schema<string> = v.pipe(v.string(), v.minLength(12), v.maxLength(128))

/** Body of `POST /api/session`. */
export interface SignInBody {
  readonly email: string
  readonly password: string
}

/** Schema of {@link SignInBody}. */
export const SignInBodySchema: Schema<SignInBody> = v.object({
  email: v.pipe(v.string(), v.maxLength(limits.emailMaxChars)),
  password: v.pipe(v.string(), v.maxLength(128))
})

/** Body of `POST /api/setup`: the first owner, once. */
export interface SetupBody {
  readonly token: string
  readonly email: string
  readonly name: string
  readonly password: string
}

/** Schema of {@link SetupBody}. */
export const SetupBodySchema: Schema<SetupBody> = v.object({
  token: shortText,
  email: v.pipe(v.string(), v.maxLength(limits.emailMaxChars)),
  name: line(limits.nameMaxChars),
  password: newPassword
})

/** Both lists of a site, read in one snapshot; subscribe to the inbox log from `head` and nothing is missed. */
export interface InboxSnapshot {
  readonly epoch: string
  readonly head: number
  readonly conversations: readonly ConversationRow[]
  readonly requests: readonly RequestRow[]
  readonly operators: readonly OperatorPresence[]
  /** From when on a row is late. */
  readonly targets: AnswerTargets
  /** Departments of the site, which a conversation can be moved to. */
  readonly departments: readonly { readonly id: string; readonly name: string }[]
}

/** Schema of {@link InboxSnapshot}. */
export const InboxSnapshotSchema: Schema<InboxSnapshot> = v.object({
  epoch: word,
  head: count,
  conversations: v.array(ConversationRowSchema),
  requests: v.array(RequestRowSchema),
  operators: v.array(OperatorPresenceSchema),
  targets: AnswerTargetsSchema,
  departments: v.array(v.object({ id: word, name: word }))
})
