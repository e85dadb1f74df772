import type { Availability, ChatError, Participant, RequestFields, SiteInfo } from '@porchlight/protocol'

/** What a backend can do. The widget shows no more, and promises no more, than this. May change while connected. */
export interface Capabilities {
  /** `fsync`: an accepted message is on disk; `memory`: it is in the backend's memory; `unknown`: the backend does not say. */
  readonly durability: 'fsync' | 'memory' | 'unknown'
  /**
   * The same message id sent twice is stored once. Without it the core reconciles before it sends again, and only 10 seconds after the attempt
   * before has ended; without `reconcile`, either, its author is asked.
   */
  readonly idempotentSend: boolean
  /** How the backend tells who is home. */
  readonly presence: 'push' | 'poll' | 'none'
  readonly typingOut: boolean
  readonly typingIn: boolean
  readonly receiptsOut: boolean
  readonly receiptsIn: boolean
  readonly history: boolean
  /** `native`: kept as a request with a reference; `conversation`: becomes a message; `none`: there is nobody to receive it. */
  readonly requests: 'native' | 'conversation' | 'none'
}

/** One entry of a conversation, in the core's terms. */
export interface Message {
  /** The conversation it stands in. */
  readonly c: string
  /** Made by the author's client before its first send; by the backend for entries that no client wrote. */
  readonly id: string
  /** The backend's own id, where it has one. */
  readonly remoteId?: string
  /** Where the entry stands, for `history`. */
  readonly cursor: string
  /** Its place: dense from 1 when the session's `order` is `dense`, otherwise only growing. */
  readonly order: number
  /** The backend's clock, for display; never for order. */
  readonly at: number
  readonly by: Participant
  /** An event kind of the protocol; an unknown one keeps its place and shows nothing. */
  readonly k: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A message on its way out. `id` and `n` stay the same at every resend. */
export interface Draft {
  readonly c: string
  readonly id: string
  /** Dense per conversation and device, from 1. */
  readonly n: number
  readonly k: string
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * `stored`: the backend has it, under `message.order`. `unknown`: the answer was lost; the core sends again, see {@link Capabilities.idempotentSend}.
 * `order`: not stored, because an earlier message of this device is missing; `expectN` is the number that comes next.
 * A refusal is a rejection with a ChatError, whose `retry` says whether the same may be sent again.
 */
export type SendOutcome =
  | { readonly outcome: 'stored'; readonly message: Message }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'order'; readonly expectN: number }

/** What the core already holds of a log: everything up to `have`, without a hole. */
export interface LogPosition {
  readonly c: string
  readonly epoch: string
  readonly have: number
  readonly cursor?: string
}

/** A log as the backend reports it. */
export interface LogState {
  readonly c: string
  /** Changes when the backend was restored; then everything held is dropped and read again. */
  readonly epoch: string
  /** Order of the newest entry; 0 when empty. */
  readonly head: number
  /** Highest `n` of this device that is settled. */
  readonly lastN?: number
  /** What the core holds is of another epoch or ahead of the log. */
  readonly reset?: boolean | undefined
  readonly state?: 'open' | 'closed'
  readonly department?: string | null
  readonly updatedAt?: number
}

/** What to read: forward after `after`, backward before `before`, or with neither the newest; always answered in ascending order. */
export interface HistoryQuery {
  readonly c: string
  readonly after?: LogPosition
  readonly before?: { readonly order: number; readonly cursor: string }
  readonly limit: number
  /** Also deliver what comes later in this log. */
  readonly subscribe?: boolean
}

/** Answer to {@link HistoryQuery}. */
export interface HistoryPage {
  readonly messages: readonly Message[]
  /** More entries in the direction asked for; older ones when the newest were asked for. */
  readonly more: boolean
  readonly log: LogState
}

/** Where something begins. */
export interface PageFacts {
  readonly page?: string | undefined
  readonly locale?: string | undefined
  /** Whom the page is for, by its name at the backend. One that it does not have is all of it. */
  readonly department?: string | undefined
}

/** A request to leave. `id` is made with the first keystroke and stays, and so does the department of the page that the form was on. */
export interface RequestDraft extends PageFacts {
  readonly id: string
  readonly fields: RequestFields
  readonly shownMs?: number | undefined
  /** What stands in a field that people do not see. */
  readonly website?: string | undefined
}

/** The backend's word that a request is kept. */
export interface RequestAccepted {
  readonly id: string
  readonly reference: string
  readonly c?: string
  readonly createdAt: number
}

/** The backend did not keep the request; by field, what is wrong with it: `required`, `contact`, `email`, `phone`, `too_long`, `invalid`. */
export interface RequestRefused {
  readonly problems: Readonly<Record<string, string>>
}

/** A place in line. */
export interface QueuePlace {
  /** From 1. */
  readonly position: number
  /** Since when, in milliseconds since 1970. */
  readonly since: number
  /** Milliseconds that it may take; undefined where nobody knows. Above 15 minutes: longer than that. */
  readonly estimateMs?: number | undefined
}

/** Where a conversation begins. */
export interface OpenDetails extends PageFacts {
  readonly id: string
  readonly title?: string | undefined
}

/** What a session reports. Events after the context's signal aborts are ignored. */
export type SessionEvent =
  | { readonly type: 'message'; readonly message: Message; readonly epoch: string }
  | { readonly type: 'log'; readonly log: LogState }
  | { readonly type: 'receipt'; readonly c: string; readonly by: Participant; readonly delivered: number; readonly read: number }
  | { readonly type: 'typing'; readonly c: string; readonly by: Participant; readonly on: boolean; readonly ttlMs: number }
  /** As {@link Session.availability} answers. */
  | { readonly type: 'availability'; readonly availability: Availability }
  | { readonly type: 'capabilities'; readonly caps: Capabilities }
  /** This visitor's place among those who wait for somebody with room; null: he waits no more, which holds until the first word of a session. */
  | { readonly type: 'queue'; readonly place: QueuePlace | null }
  /** What the site asks for in its form, and says by itself; the whole of it, in place of what was told before. */
  | { readonly type: 'site'; readonly site: SiteInfo }
  | { readonly type: 'saved'; readonly saved: unknown }
  /**
   * `afterMs`: earliest return. `withinMs`: return at some moment of that window, from now. `isReplaced`: newer connections of this device
   * took its place, so it comes back only where it is looked at. An error `invalid` or `too_large` says that a frame of this side could
   * not be taken: what alone was on its way is failed with it, and three in a minute are the end.
   */
  | {
      readonly type: 'closed'
      readonly error: ChatError
      readonly afterMs?: number | undefined
      readonly withinMs?: readonly [number, number] | undefined
      readonly isReplaced?: boolean | undefined
    }

/** Everything an adapter gets for one attempt to connect. A visitor without a conversation is told who is home in the department of his page. */
export interface ConnectContext extends PageFacts {
  /** What an earlier session of this adapter asked to keep, or null. Opaque to the core, and unknown data to the adapter. */
  readonly saved: unknown
  /** 128 random bits as base64url text: this browser profile. */
  readonly device: string
  /** The logs that the core already holds. */
  readonly logs: readonly LogPosition[]
  /** Aborting closes the session and stops every event. */
  readonly signal: AbortSignal
  /** Delivers an event to the core. */
  readonly emit: (event: SessionEvent) => void
  /** A word for the developer's log; never a text or a secret. */
  readonly log: (level: 'debug' | 'warn', message: string) => void
}

/** One connection to a backend. Required members first; an optional one that is present is a capability. */
export interface Session {
  readonly caps: Capabilities
  /** `dense`: orders have no holes, so a hole is a missing entry. `cursor`: only `history` can tell. */
  readonly order: 'dense' | 'cursor'
  readonly you: Participant
  /** This visitor's conversations, newest first. */
  readonly conversations: readonly LogState[]
  readonly send: (draft: Draft) => Promise<SendOutcome>
  readonly history: (query: HistoryQuery) => Promise<HistoryPage>

  /** Makes a conversation; the same id again gives the same one. Absent: `conversations` holds the only one. */
  readonly open?: (details: OpenDetails) => Promise<LogState>
  /** Looks for a message whose send had an unknown outcome; null when the backend does not have it. */
  readonly reconcile?: (draft: Draft) => Promise<Message | null>
  /** Who is home for this visitor: an operator who stands in his conversation is home for him, although he takes no new ones. */
  readonly availability?: () => Promise<Availability>
  /** The same id again gives the same reference. */
  readonly request?: (draft: RequestDraft) => Promise<RequestAccepted | RequestRefused>
  readonly typing?: (c: string, on: boolean) => void
  readonly receipt?: (c: string, cursor: { readonly delivered: number; readonly read: number }) => void
  /** What was sent has not left this device yet: nothing more is sent for now. */
  readonly isFull?: () => boolean
  /** Checks that the other side still answers; rejects when it does not. */
  readonly probe?: () => Promise<void>
}

/** What a page that is left, and may never be seen again, has not heard to be kept. */
export interface Leftovers extends Pick<ConnectContext, 'saved' | 'device'> {
  /** Oldest first. What there is no room for at the end stays. */
  readonly drafts: readonly Draft[]
  readonly receipts: readonly { readonly c: string; readonly delivered: number; readonly read: number }[]
}

/**
 * A backend. The core owns policy (retry, backoff, outbox, order, dedupe, gaps); an adapter owns one attempt to connect and
 * one translation. It never reconnects by itself: it emits `closed` and is done.
 *
 * @example
 * ```ts
 * import { createChat } from '@porchlight/core'
 * import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
 *
 * const chat = createChat({ adapter: memoryAdapter({ backend: createMemoryBackend() }) })
 * await chat.open()
 * await chat.send('Hello')
 * ```
 */
export interface ChatAdapter {
  readonly name: string
  /** Names the place that saved state belongs to, such as `chat.example.com:shop`. */
  readonly scope: string
  /** Resolves when messages can be sent. Rejects with a {@link ChatError}. */
  readonly connect: (context: ConnectContext) => Promise<Session>
  /** Who is home, of a department or of the whole backend, asked without a session, an id or a cookie. */
  readonly light?: (signal: AbortSignal, language?: string, department?: string) => Promise<Availability>
  /**
   * Ends at the backend what a session of this adapter asked to keep, whether one stands or not: it brings nobody back any more, and
   * whoever stands there under it is thrown out. Not an error where there is nothing to end. The page may be on its way out. Rejects with a
   * {@link ChatError} when the backend did not confirm it.
   */
  readonly revoke?: (saved: unknown) => Promise<void>
  /**
   * Hands the backend what is left, in a call that outlives the page and whose answer nobody hears. For a backend that stores an id once:
   * everything is sent again by the next page. Must not throw.
   */
  readonly flush?: (left: Leftovers) => void
}
