import type {
  AnswerTargets,
  ConversationRow,
  ErrorBody,
  InboxSnapshot,
  KeptAnswer,
  KeptRequestFields,
  Me,
  OperatorPresence,
  RequestMail,
  RequestRow,
  SetupState,
  SiteRow,
  TicketGrant
} from '@porchlight/protocol'
import { count, either, flag, list, nullable, object, oneOf, type Reader, text } from './reader.js'

// The shapes of the protocol's own schemas, without their library: a page carries nothing it can do in a few lines.

const person: Reader<{ readonly id: string; readonly name: string }> = object({ id: text, name: text })
const state: Reader<'open' | 'closed'> = oneOf('open', 'closed')

/** A row of "Conversations". */
export const readConversationRow: Reader<ConversationRow> = object<ConversationRow>({
  c: text,
  epoch: text,
  head: count,
  state,
  department: nullable(text),
  visitor: person,
  assignee: nullable(person),
  preview: nullable(object({ text, by: oneOf('visitor', 'agent', 'bot', 'system'), at: count })),
  waitingSince: nullable(count),
  read: count,
  chat: flag,
  page: nullable(text),
  createdAt: count,
  updatedAt: count
})

/** What a customer wrote into the form. */
export const readRequestFields: Reader<KeptRequestFields> = object<KeptRequestFields>(
  {
    name: text,
    email: text,
    phone: text,
    text,
    answers: list(object<KeptAnswer>({ id: text, label: text, value: either(text, flag) })),
    consent: text
  },
  ['name', 'email', 'phone', 'answers', 'consent']
)

const mailState = oneOf('waiting', 'held', 'sent', 'failed')

/** A row of "Requests". */
export const readRequestRow: Reader<RequestRow> = object<RequestRow>(
  {
    id: text,
    reference: text,
    c: text,
    epoch: text,
    seq: count,
    state: oneOf('new', 'open', 'answered', 'closed'),
    department: nullable(text),
    fields: readRequestFields,
    due: nullable(count),
    spam: flag,
    mail: object<RequestMail>({ notice: mailState, answer: mailState }, ['notice', 'answer']),
    createdAt: count,
    updatedAt: count
  },
  ['mail']
)

/** One operator, as colleagues see him. */
export const readPresence: Reader<OperatorPresence> = object<OperatorPresence>({ id: text, name: text, available: flag, live: flag })

/** Both lists of a site. */
export const readInbox: Reader<InboxSnapshot> = object<InboxSnapshot>({
  epoch: text,
  head: count,
  conversations: list(readConversationRow),
  requests: list(readRequestRow),
  operators: list(readPresence),
  targets: object<AnswerTargets>({ firstAnswerTargetMs: count, requestTargetMs: count }),
  departments: list(person)
})

/** Who is signed in. */
export const readMe: Reader<Me> = object<Me>({
  id: text,
  name: text,
  email: text,
  available: flag,
  sites: list(object({ site: text, name: text, role: oneOf('owner', 'admin', 'agent', 'viewer') }))
})

/** A site as whoever looks after it sees it. */
export const readSiteRow: Reader<SiteRow> = object<SiteRow>({
  site: text,
  name: text,
  origins: list(text),
  role: oneOf('owner', 'admin', 'agent', 'viewer')
})

/** Whether the first owner is still to be made. */
export const readSetupState: Reader<SetupState> = object<SetupState>({ needed: flag })

/** What opens one socket. */
export const readTicket: Reader<TicketGrant> = object<TicketGrant>({ ticket: text, expiresAt: count })

/** A failure, as every answer reports it. */
export const readError: Reader<ErrorBody> = object<ErrorBody>({
  error: object<ErrorBody['error']>({ code: text, message: text, after: count, fields: list(object({ field: text, problem: text })) }, [
    'after',
    'fields'
  ])
})
