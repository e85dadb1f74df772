import type { Participant, RequestState, Role } from '@porchlight/protocol'
import type { Absence } from '../presence/absences.js'

/** 0 or 1: SQLite has no other truth, and the driver ends the process on a boolean. */
type Flag = 0 | 1
/** JSON as text, in every database. */
type Json = string

/** One fact about the database itself, such as its `epoch`. */
interface MetaTable {
  readonly key: string
  readonly value: string
}

/** A tenant. `origins` is a JSON array of allowed origins, `settings` a JSON object. */
interface SiteTable {
  readonly id: string
  readonly name: string
  readonly origins: Json
  readonly settings: Json
  /** Chats that one operator takes at once. */
  readonly capacity: number
  readonly created_at: number
  readonly updated_at: number
}

/** An account. `email` is stored in lower case. */
interface OperatorTable {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly password_hash: string
  /** He wants chats. Remembered over sign-outs and restarts. */
  readonly available: Flag
  /** Why he gets no chats although he wants them; null where he is believed. */
  readonly absence: Absence | null
  /** When his console last said that somebody is at it; null where it never does. */
  readonly input_at: number | null
  readonly disabled: Flag
  readonly created_at: number
  readonly updated_at: number
}

/** What an operator may do on a site. */
interface MembershipTable {
  readonly site: string
  readonly operator: string
  readonly role: Role
}

/** A signed-in browser, by the SHA-256 of its cookie. */
export interface OperatorSessionTable {
  readonly hash: string
  readonly operator: string
  readonly created_at: number
  readonly seen_at: number
  readonly expires_at: number
}

/** The right to open one operator socket, by its SHA-256; deleted when used. */
export interface TicketTable {
  readonly hash: string
  readonly operator: string
  readonly session: string
  readonly expires_at: number
}

/** The right to create the first owner, by its SHA-256; deleted when used. */
interface SetupTokenTable {
  readonly hash: string
  readonly created_at: number
  readonly expires_at: number
}

/** A browser profile on one site. `name` is what he typed, and proves nothing. */
export interface VisitorTable {
  readonly site: string
  readonly id: string
  readonly name: string | null
  readonly created_at: number
  readonly seen_at: number
}

/** A visitor's credential, by its SHA-256. */
export interface VisitorTokenTable {
  readonly hash: string
  readonly site: string
  readonly visitor: string
  readonly made_at: number
  readonly expires_at: number
}

/** A dense log: a conversation's, or the inbox of a site. `head` is the newest `seq`. */
interface LogTable {
  readonly c: string
  readonly site: string
  readonly head: number
}

/** What a conversation's log adds up to, and its list row. */
export interface ConversationTable {
  readonly c: string
  readonly site: string
  readonly visitor: string
  readonly department: string | null
  readonly state: 'open' | 'closed'
  readonly assignee: string | null
  /** A chat happened in it. */
  readonly chat: Flag
  readonly preview: Json | null
  readonly waiting_since: number | null
  /** Since when a text that was sent as a chat has had no answer; null when none waits. A request alone is none. */
  readonly chat_asked_at: number | null
  /** Highest `seq` that any operator has read. */
  readonly staff_read: number
  readonly page: string | null
  readonly title: string | null
  readonly locale: string | null
  /** Id of the `open` that made it; null when a request did. */
  readonly open_id: string | null
  readonly created_at: number
  readonly updated_at: number
}

/** One entry of a log. */
export interface EventTable {
  readonly c: string
  readonly seq: number
  readonly site: string
  readonly ts: number
  readonly role: Participant['role']
  readonly author: string
  readonly name: string | null
  readonly k: string
  readonly id: string
  readonly data: Json
  readonly body_hash: string
  /** Visitors get its number, and nothing else of it. */
  readonly staff_only: Flag
}

/** Highest settled `n` of one author's device in one log. */
interface DeviceCursorTable {
  readonly site: string
  readonly c: string
  readonly author: string
  readonly device: string
  readonly last_n: number
}

/** A message that was refused for ever, so that its repeat gets the same answer. */
interface VerdictTable {
  readonly site: string
  readonly c: string
  readonly author: string
  readonly device: string
  readonly n: number
  readonly id: string
  readonly code: string
}

/** How far a participant received and read a log. */
export interface CursorTable {
  readonly site: string
  readonly c: string
  readonly participant: string
  readonly role: Participant['role']
  readonly name: string | null
  readonly delivered: number
  readonly read: number
}

/** A request; `id` is the server's own. */
export interface RequestTable {
  readonly site: string
  readonly id: string
  readonly reference: string
  readonly c: string
  readonly seq: number
  readonly visitor: string
  readonly department: string | null
  readonly state: RequestState
  readonly fields: Json
  readonly due: number | null
  readonly spam: Flag
  readonly page: string | null
  readonly locale: string | null
  readonly body_hash: string
  readonly created_at: number
  readonly updated_at: number
}

/** The idempotency key of a client, by its SHA-256, and the request that was left under it. */
interface RequestKeyTable {
  readonly site: string
  readonly hash: string
  readonly request: string
  /** Until then the key brings another credential for the request's visitor; 0 when it never does. */
  readonly renewable_until: number
}

/** A mail about a request. It holds no word of what it says: that is read when it is sent. */
export interface MailJobTable {
  readonly site: string
  /** Also the left half of its Message-ID. */
  readonly id: string
  readonly request: string
  /** `notice`: a request came. `answer`: an operator's words to whoever left it. */
  readonly kind: 'notice' | 'answer'
  /** The event in the request's log whose words it carries. */
  readonly seq: number
  /** One address, as it was when there was reason to write. */
  readonly recipient: string
  /** `held`: until a person finds that the request is no spam. */
  readonly state: 'waiting' | 'held' | 'sent' | 'failed'
  /** How often somebody began to send it. */
  readonly attempts: number
  /** Before that nobody takes it: it rests after a failure, or somebody has it in hand. */
  readonly due_at: number
  /** Why it was not taken the last time: a code, never words. */
  readonly reason: string | null
  readonly created_at: number
  readonly updated_at: number
}

/** How long somebody waited for a first answer. `subject` is the conversation of a chat, or the request; with `asked_at` it names one wait. */
export interface FirstAnswerTable {
  readonly site: string
  readonly kind: 'chat' | 'request'
  readonly subject: string
  readonly c: string
  readonly department: string | null
  readonly asked_at: number
  readonly answered_at: number
  /** Null when the account is gone. */
  readonly operator: string | null
}

/** An operator's console that was alive, until `expires_at`. Deleted when it leaves. */
export interface LeaseTable {
  readonly site: string
  readonly conn: string
  readonly operator: string
  readonly department: string | null
  readonly expires_at: number
}

/** The last published answer of a site or department. */
export interface AvailabilityTable {
  readonly site: string
  readonly department: string | null
  readonly rev: number
  readonly state: 'online' | 'busy' | 'away' | 'offline'
  readonly reason: string
  readonly opens_at: number | null
  readonly closes_at: number | null
  readonly updated_at: number
}

/** Every table. A null `department` is the whole site. */
export interface Tables {
  readonly meta: MetaTable
  readonly site: SiteTable
  readonly operator: OperatorTable
  readonly membership: MembershipTable
  readonly operator_session: OperatorSessionTable
  readonly ticket: TicketTable
  readonly setup_token: SetupTokenTable
  readonly visitor: VisitorTable
  readonly visitor_token: VisitorTokenTable
  readonly log: LogTable
  readonly conversation: ConversationTable
  readonly event: EventTable
  readonly device_cursor: DeviceCursorTable
  readonly verdict: VerdictTable
  readonly cursor: CursorTable
  readonly request: RequestTable
  readonly request_key: RequestKeyTable
  readonly mail_job: MailJobTable
  readonly first_answer: FirstAnswerTable
  readonly lease: LeaseTable
  readonly availability: AvailabilityTable
}
