import * as v from 'valibot'
import {
  type ConversationRow,
  ConversationRowSchema,
  newPassword,
  type RequestRow,
  RequestRowSchema,
  type RequestState,
  type Role,
  RoleSchema
} from './api.js'
import { type LogEvent, LogEventSchema } from './entities.js'
import { emailField } from './event-data.js'
import { limits } from './limits.js'
import { count, flag, line, logId, messageId, milliseconds, type Schema, shortText, siteId, typedText, word } from './schema.js'

/** Answer of `GET /api/setup`: whether the first owner is still to be made. */
export interface SetupState {
  readonly needed: boolean
}

/** Schema of {@link SetupState}. */
export const SetupStateSchema: Schema<SetupState> = v.object({ needed: flag })

/** Body of `POST /api/tickets`. */
export interface TicketBody {
  readonly site: string
}

/** Schema of {@link TicketBody}. */
export const TicketBodySchema: Schema<TicketBody> = v.object({ site: siteId })

/** What opens one operator socket, once, until `expiresAt`. It goes into `hello`, never into a URL. */
export interface TicketGrant {
  readonly ticket: string
  readonly expiresAt: number
}

/** Schema of {@link TicketGrant}. */
export const TicketGrantSchema: Schema<TicketGrant> = v.object({ ticket: word, expiresAt: milliseconds })

/** Body of `PUT /api/me/presence`: whether this operator wants chats. */
export interface PresenceBody {
  readonly available: boolean
}

/** Schema of {@link PresenceBody}. */
export const PresenceBodySchema: Schema<PresenceBody> = v.object({ available: flag })

/** Body of `PUT /api/me/password`. */
export interface PasswordBody {
  readonly current: string
  readonly next: string
}

/** Schema of {@link PasswordBody}. */
export const PasswordBodySchema: Schema<PasswordBody> = v.object({ current: v.pipe(v.string(), v.maxLength(128)), next: newPassword })

/** A page of `GET /api/sites/:site/conversations`, most recently changed first; the next page's `before` and `beforeId` are the last row's `updatedAt` and `c`. */
export interface ConversationList {
  readonly conversations: readonly ConversationRow[]
  readonly more: boolean
}

/** Schema of {@link ConversationList}. */
export const ConversationListSchema: Schema<ConversationList> = v.object({ conversations: v.array(ConversationRowSchema), more: flag })

/** A page of `GET /api/sites/:site/requests`, most recently changed first; the next page's `before` and `beforeId` are the last row's `updatedAt` and `id`. */
export interface RequestList {
  readonly requests: readonly RequestRow[]
  readonly more: boolean
}

/** Schema of {@link RequestList}. */
export const RequestListSchema: Schema<RequestList> = v.object({ requests: v.array(RequestRowSchema), more: flag })

/** A page of a conversation's events, oldest first. */
export interface EventPage {
  readonly c: string
  readonly epoch: string
  readonly head: number
  readonly events: readonly LogEvent[]
  readonly more: boolean
}

/** Schema of {@link EventPage}. */
export const EventPageSchema: Schema<EventPage> = v.object({ c: logId, epoch: word, head: count, events: v.array(LogEventSchema), more: flag })

/** Body of `POST /api/sites/:site/conversations/:c/messages`. Sending the same `id` again stores nothing new. */
export interface SendMessageBody {
  readonly id: string
  readonly text: string
}

/** Schema of {@link SendMessageBody}. */
export const SendMessageBodySchema: Schema<SendMessageBody> = v.object({ id: messageId, text: typedText })

/** Where a message stands in its log. 201 the first time; 200 and `dup` at every repeat. */
export interface MessageReceipt {
  readonly id: string
  readonly c: string
  readonly epoch: string
  readonly seq: number
  readonly ts: number
  readonly dup?: boolean
}

/** Schema of {@link MessageReceipt}. */
export const MessageReceiptSchema: Schema<MessageReceipt> = v.object({
  id: messageId,
  c: logId,
  epoch: word,
  seq: count,
  ts: milliseconds,
  dup: v.exactOptional(flag)
})

/** Body of `PATCH /api/sites/:site/conversations/:c`. Exactly one change: closes it or opens it again, gives it to a colleague, or moves it to a department. */
export interface ChangeConversationBody {
  readonly state?: 'open' | 'closed'
  /** Id of whoever answers it from now on, be he full or away; null: nobody, so that it waits for whoever is free. */
  readonly assignee?: string | null
  /** Id of the department in whose line it waits from now on, as nobody's; null: in that of the whole site. */
  readonly department?: string | null
}

/** Schema of {@link ChangeConversationBody}. */
export const ChangeConversationBodySchema: Schema<ChangeConversationBody> = v.pipe(
  v.object({
    state: v.exactOptional(v.picklist(['open', 'closed'])),
    assignee: v.exactOptional(v.nullable(shortText)),
    department: v.exactOptional(v.nullable(shortText))
  }),
  v.check((body) => Object.keys(body).length === 1, 'needs exactly one of state, assignee and department')
)

/** Body of `PATCH /api/sites/:site/requests/:id`. */
export interface ChangeRequestBody {
  readonly state: RequestState
}

/** Schema of {@link ChangeRequestBody}. */
export const ChangeRequestBodySchema: Schema<ChangeRequestBody> = v.object({ state: v.picklist(['new', 'open', 'answered', 'closed']) })

/** An operator of a site, as those who manage it see him. */
export interface OperatorRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly disabled: boolean
}

/** Schema of {@link OperatorRow}. */
export const OperatorRowSchema: Schema<OperatorRow> = v.object({ id: word, name: word, email: word, role: RoleSchema, disabled: flag })

/** Answer of `GET /api/sites/:site/operators`. */
export interface OperatorList {
  readonly operators: readonly OperatorRow[]
}

/** Schema of {@link OperatorList}. */
export const OperatorListSchema: Schema<OperatorList> = v.object({ operators: v.array(OperatorRowSchema) })

/** Body of `POST /api/sites/:site/operators`. An address that has an account joins the site with it; `name` and `password` are then ignored. */
export interface AddOperatorBody {
  readonly email: string
  readonly name: string
  readonly role: Role
  /** First password of a new account. */
  readonly password?: string
}

/** Schema of {@link AddOperatorBody}. */
export const AddOperatorBodySchema: Schema<AddOperatorBody> = v.object({
  email: emailField,
  name: line(limits.nameMaxChars),
  role: RoleSchema,
  password: v.exactOptional(newPassword)
})

/** Body of `PATCH /api/sites/:site/operators/:operator`. */
export interface ChangeOperatorBody {
  readonly role?: Role
  /** A disabled account signs in nowhere. Only where the caller manages every site of the account. */
  readonly disabled?: boolean
}

/** Schema of {@link ChangeOperatorBody}. */
export const ChangeOperatorBodySchema: Schema<ChangeOperatorBody> = v.object({ role: v.exactOptional(RoleSchema), disabled: v.exactOptional(flag) })
