import type {
  ConversationList,
  ConversationRow,
  ConversationSummary,
  Cursor,
  ErrorCode,
  InboxSnapshot,
  LeaveRequestBody,
  LogEvent,
  LogSnapshot,
  OpenMeta,
  RequestList,
  RequestRow,
  RequestState,
  Subscription
} from '@porchlight/protocol'
import type { LeaveRequestResult } from './leave-request.js'
import type { OperatorSubject, Subject, VisitorSubject } from './subject.js'
import type { Transfer, TransferOutcome } from './transfer.js'

/** One message on its way into a log. */
export interface Publication {
  readonly c: string
  readonly id: string
  /** The author's device and the message's number on it, dense from 1. Without it the message has no place among others of its author. */
  readonly place?: { readonly device: string; readonly n: number } | undefined
  readonly k: string
  readonly body: Readonly<Record<string, unknown>>
  /** Key of the author's address for buckets. Default: null, which is not counted. */
  readonly address?: string | null | undefined
}

/** The event is on disk. */
export interface Stored {
  readonly outcome: 'stored'
  readonly id: string
  readonly c: string
  readonly epoch: string
  readonly seq: number
  readonly ts: number
  readonly isDuplicate: boolean
}

/** The event was not stored, and why. */
export interface Refused {
  readonly outcome: 'refused'
  readonly id: string
  readonly code: ErrorCode
  readonly afterMs?: number
  /** With `order`: the number that must come next. */
  readonly expectN?: number
}

/** Answer to a {@link Publication}. */
export type PublishOutcome = Stored | Refused

/** A run of a log, as one subject may read it. */
export interface LogPage {
  readonly c: string
  readonly epoch: string
  readonly head: number
  readonly events: readonly LogEvent[]
  readonly more: boolean
  /** Highest settled `n` of the asking device. */
  readonly lastN: number
  readonly cursors: readonly Cursor[]
}

/** What to read of a log. */
export interface LogQuery {
  readonly c: string
  readonly from: number
  readonly limit: number
  /** Whose `lastN` to tell. */
  readonly device?: string | undefined
}

/** A page of a list that is sorted by last change, newest first, and then by id. */
export interface ListQuery {
  /** Rows that changed before this instant. Default: the newest. */
  readonly before?: number | undefined
  /** And those of the same instant that stand behind this id: many rows can change in one millisecond. Default: none of them. */
  readonly beforeId?: string | undefined
  readonly limit: number
}

/** What a connection starts with, read in one moment. */
export interface Greeting {
  readonly subs: readonly LogSnapshot[]
  /** A visitor's newest 20; empty for operators. */
  readonly conversations: readonly ConversationSummary[]
}

/** A request to keep. `key` is the client's idempotency key, a UUID of version 7. */
export interface RequestSubmission {
  readonly key: string
  readonly body: LeaveRequestBody
  /** Key of the sender's address for buckets; null is not counted. Above its rate a request is marked as probable spam. */
  readonly address: string | null
}

/** Where a conversation begins. `id` is the client's, `address` the key of his address for buckets; null is not counted. */
interface OpenDetails {
  readonly id: string
  readonly meta?: OpenMeta | undefined
  readonly address: string | null
}

/** Everything that may happen to conversations, for whoever may do it. No transport, no HTTP. Rejects with a ChatError. */
export interface ChatService {
  /** Makes a conversation; the same id again gives the same one. */
  readonly open: (site: string, visitor: VisitorSubject, details: OpenDetails) => Promise<ConversationSummary>
  readonly publish: (site: string, subject: Subject, publication: Publication) => Promise<PublishOutcome>
  /** @throws {ChatError} `conversation_gone` when the log is not there for this subject. */
  readonly read: (site: string, subject: Subject, query: LogQuery) => Promise<LogPage>
  /** Logs that are not there for this subject are left out. */
  readonly greet: (site: string, subject: Subject, start: { readonly device: string; readonly subs: readonly Subscription[] }) => Promise<Greeting>
  /** Moves the subject's positions forward; resolves to the new ones, or null when nothing moved. */
  readonly moveCursor: (
    site: string,
    subject: Subject,
    position: { readonly c: string; readonly delivered: number; readonly read: number }
  ) => Promise<Cursor | null>
  /**
   * Keeps a request, once for each key, unless its answers are not what the site asks for. Without a visitor, one is made, and the receipt holds his credential.
   *
   * @throws {ChatError} `id_conflict` when the key was used with another body or by another visitor.
   */
  readonly leaveRequest: (site: string, visitor: VisitorSubject | null, submission: RequestSubmission) => Promise<LeaveRequestResult>

  /** Both lists and the operators, in one moment with the head of the inbox log. */
  readonly inbox: (site: string) => Promise<InboxSnapshot>
  readonly conversations: (site: string, query: ListQuery) => Promise<ConversationList>
  readonly requests: (site: string, query: ListQuery) => Promise<RequestList>
  /** @throws {ChatError} `conversation_gone` when the site has no such conversation. */
  readonly conversation: (site: string, operator: OperatorSubject, c: string) => Promise<ConversationRow>
  /** @throws {ChatError} `not_found` when the site has no such request. */
  readonly request: (site: string, id: string) => Promise<RequestRow>
  readonly setConversationState: (
    site: string,
    operator: OperatorSubject,
    change: { readonly c: string; readonly state: 'open' | 'closed' }
  ) => Promise<ConversationRow>
  /**
   * Gives an open conversation to a colleague, or to nobody, or moves it to a department.
   *
   * @throws {ChatError} `conversation_gone`, `forbidden`.
   */
  readonly transfer: (site: string, operator: OperatorSubject, change: Transfer) => Promise<TransferOutcome>
  readonly setRequestState: (
    site: string,
    operator: OperatorSubject,
    change: { readonly id: string; readonly state: RequestState }
  ) => Promise<RequestRow>
}
