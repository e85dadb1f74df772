import type { Availability, ErrorCode, Participant, RequestFields, SiteInfo } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Capabilities, ChatAdapter, Message } from './adapter.js'
import type { Durability, Env } from './env/env.js'

/** Life of the connection. `closed` is asked for; `failed` needs the user or the site; all others mend themselves. */
export interface ConnectionState {
  readonly state: 'idle' | 'connecting' | 'open' | 'waiting' | 'closed' | 'failed'
  /** Failed attempts since the last welcomed one. */
  readonly attempt: number
  /** When a connection that stood was lost, in milliseconds since 1970; undefined while open, and before the first. */
  readonly downSince?: number | undefined
  readonly error?: { readonly code: ErrorCode } | undefined
  /** The browser says that the device has no network. */
  readonly deviceOffline: boolean
}

/** A message as a view shows it. */
export interface ChatMessage extends Message {
  /** Written by this visitor. */
  readonly own: boolean
  /** Own messages: how far they came; never backwards. Others: always `received`. */
  readonly state: 'pending' | 'sent' | 'delivered' | 'read' | 'failed' | 'received'
  /** Why it failed. `timeout`: it may be stored, for a visitor that was forgotten meanwhile. */
  readonly failure?: ErrorCode | undefined
}

/** The conversation on show. */
export interface ConversationView {
  readonly c: string
  readonly state: 'open' | 'closed'
  readonly assignee: { readonly id: string; readonly name: string } | null
  /** Older entries wait on the server. */
  readonly hasOlder: boolean
  readonly isLoadingOlder: boolean
  /** Entries that came meanwhile are known to be there, and are not here yet. */
  readonly isBehind: boolean
}

/** {@link Availability} and when it was learned. */
export interface AvailabilityView extends Availability {
  /** Milliseconds since 1970; 0 before the first answer. */
  readonly at: number
}

/** What a new customer gets: the chat, or the form. */
export type Mode = 'chat' | 'request'

/** The request form, from the first keystroke to the reference. Fields are cleared only after `accepted`. */
export interface RequestView {
  /**
   * `held`: no connection, sent by itself later. `needs_fix`: `problems` says which field and why, or `error` why it was not taken;
   * with `timeout` the backend may have it, under a visitor that was forgotten meanwhile, and only the user sends it again.
   */
  readonly state: 'idle' | 'draft' | 'sending' | 'held' | 'needs_fix' | 'accepted'
  readonly fields: Partial<RequestFields>
  /** By field, `custom.` before the name of one that the site added: `required`, `contact`, `email`, `phone`, `too_long`, `invalid`. */
  readonly problems: Readonly<Record<string, string>>
  readonly receipt: { readonly reference: string; readonly createdAt: number } | null
  readonly error?: ErrorCode | undefined
}

/** A place among those who wait for somebody with room. */
export interface QueueView {
  /** From 1. */
  readonly position: number
  /** Since when, in milliseconds since 1970. */
  readonly since: number
  /** Milliseconds that it may take, rounded up to 1, 2, 3, 5, 10 or 15 minutes; above that it is longer; null where nobody knows. */
  readonly estimateMs: number | null
  /** `reassured`: it takes longer than people expect, say that nothing is lost. `offered`: offer the form beside waiting. */
  readonly stage: 'waiting' | 'reassured' | 'offered'
}

/** When a wait becomes a long one. */
export interface QueueWaits {
  /** From then on the stage is `reassured`. Default 60,000 ms. */
  readonly reassureMs?: number | undefined
  /** From then on it is `offered`, and so long after each `keepWaiting`. Default 180,000 ms. */
  readonly offerMs?: number | undefined
}

/** What waits to be sent from this device. */
export interface OutboxView {
  readonly count: number
  /** 200 items or 1 MiB wait: the next `send` is rejected with `busy`, and the text stays in the composer. */
  readonly isFull: boolean
}

/** Options of `createChat`. */
export interface ChatOptions {
  readonly adapter: ChatAdapter
  /** The world: clock, storage, network state. Default: the browser's, or a memory one in Node. */
  readonly env?: Env | undefined
  /** Language of server-made words, as BCP 47. */
  readonly locale?: string | undefined
  readonly queueWaits?: QueueWaits | undefined
  /**
   * Whom the page is for, by the name that the backend knows it by: its availability is shown, and conversations and requests that begin here are its own. A
   * conversation that there is stays where it is. Default, and for a name that the backend does not have: the whole site.
   */
  readonly department?: string | undefined
  /** Called for every fault that is not already shown as state, and with the reason when the connection ends as `failed`. */
  readonly onError?: ((error: Error) => void) | undefined
}

/** A visitor's chat. Stores are read-only; failures appear in them and are never thrown through a click. */
export interface Chat {
  readonly $connection: ReadableAtom<ConnectionState>
  readonly $capabilities: ReadableAtom<Capabilities | null>
  readonly $availability: ReadableAtom<AvailabilityView>
  readonly $mode: ReadableAtom<Mode>
  readonly $conversation: ReadableAtom<ConversationView | null>
  readonly $messages: ReadableAtom<readonly ChatMessage[]>
  /** Who else types now. */
  readonly $typing: ReadableAtom<readonly Participant[]>
  readonly $unread: ReadableAtom<number>
  /** What stands in the composer. Survives a reload; becomes the form's question when the mode turns to `request`. */
  readonly $draft: ReadableAtom<string>
  readonly $request: ReadableAtom<RequestView>
  /** What the site asks for in its form, and says by itself; empty until it is known. */
  readonly $site: ReadableAtom<SiteInfo>
  /** The place in line while everybody is busy; null while this visitor does not wait. */
  readonly $queue: ReadableAtom<QueueView | null>
  /** How safe unsent texts are on this device. */
  readonly $durability: ReadableAtom<Durability>
  readonly $outbox: ReadableAtom<OutboxView>

  /** Connects and waits until the first answer about availability, at most one second. */
  readonly open: () => Promise<void>
  /** Lets go of the connection and keeps everything; `open` goes on. */
  readonly close: () => void
  /**
   * Takes a text: it is in the outbox when this resolves, and shown as pending. Resolves to the message's id. What is in no text,
   * such as half of a character or NUL, becomes U+FFFD.
   *
   * @throws {ChatError} `invalid` when the text is empty or after `destroy`, `too_large` beyond 8,000 code points or 32 KiB, `busy`
   * when 200 texts or 1 MiB wait. Whatever is rejected, the composer keeps what is in it.
   */
  readonly send: (text: string) => Promise<string>
  /** Sends a failed message again, under the same id. */
  readonly resend: (id: string) => void
  /** Drops a failed message. */
  readonly discard: (id: string) => void
  /** Keeps what is typed, and tells the other side that somebody types. */
  readonly setDraft: (text: string) => void
  /** Everything shown so far was seen. Call it when the newest message has been visible and focused for a second. */
  readonly markRead: () => void
  /**
   * Takes the other way where both are offered: the form while the chat is busy, or the chat when somebody came back while the
   * form was in use. The typed text goes along. A choice that cannot be had is ignored.
   */
  readonly chooseMode: (mode: Mode) => void
  readonly loadOlder: () => Promise<void>
  /** Waits on where the form was offered: the place stays, and the offer comes again after the same wait. */
  readonly keepWaiting: () => void
  /** Keeps the form as a draft. Answers to the site's own fields are merged by their names. */
  readonly editRequest: (fields: Partial<RequestFields>) => void
  /**
   * Sends the form, or the given fields; what is no field of it is left out. Resolves when it was accepted, held or refused;
   * `$request` tells which. `website` is what stands in a field that people do not see.
   *
   * @throws {ChatError} `invalid` after `destroy`.
   */
  readonly leaveRequest: (fields?: Partial<RequestFields>, website?: string) => Promise<void>
  /** After `accepted`: an empty form again. */
  readonly newRequest: () => void
  /**
   * Forgets this visitor on this device, and revokes what he was known by at the backend, where that answers within 2 s. Nothing of
   * the chat is stored here any more when it resolves: to the number of texts that were dropped without the backend's word that it has
   * them, which are messages that waited, requests on their way, and what was being typed. What is typed once the composer was emptied
   * is kept: it is whoever's comes next.
   *
   * @throws {ChatError} `invalid` after `destroy`.
   */
  readonly reset: () => Promise<number>
  /** Releases timers, listeners and the connection for good. What was typed stays on the device. */
  readonly destroy: () => void
}
