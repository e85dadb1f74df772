import type { ErrorCode, Participant } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Capabilities, ChatAdapter, LogPosition, LogState, Message, Session } from './adapter.js'
import type { AvailabilityView, ConnectionState, OutboxView } from './chat.types.js'
import type { Durability, Env } from './env/env.js'

/** An own message that the backend has not confirmed, or has refused. */
export interface PendingMessage {
  readonly c: string
  readonly id: string
  readonly n: number
  readonly k: string
  readonly body: Readonly<Record<string, unknown>>
  readonly at: number
  readonly state: 'pending' | 'failed'
  readonly failure?: ErrorCode | undefined
  /** Offered again, or waiting, when the log came back under this epoch. Whoever holds another one cannot tell whether it is stored. */
  readonly epoch?: string | undefined
  /** Its number was given anew and may be used up: whoever sends it waits for the answer before anything else goes out. */
  readonly isUnsure?: boolean | undefined
}

/** One log, as far as this device holds it: a contiguous run of entries, and own messages on their way. */
export interface Log {
  readonly c: string
  /** Contiguous, ascending by `order`, each id once. */
  readonly $messages: ReadableAtom<readonly Message[]>
  readonly $pending: ReadableAtom<readonly PendingMessage[]>
  /** The backend's word on the log; null before its first. */
  readonly $state: ReadableAtom<LogState | null>
  /** Received and read positions of the others, by participant id. */
  readonly $receipts: ReadableAtom<Readonly<Record<string, { readonly by: Participant; readonly delivered: number; readonly read: number }>>>
  readonly $typing: ReadableAtom<readonly Participant[]>
  readonly $older: ReadableAtom<{ readonly hasMore: boolean; readonly isLoading: boolean }>
  /** Puts an event into the outbox; resolves to its id once it is kept there. */
  readonly publish: (k: string, body: Readonly<Record<string, unknown>>) => Promise<string>
  readonly resend: (id: string) => void
  readonly discard: (id: string) => void
  readonly setTyping: (on: boolean) => void
  readonly markRead: (order: number) => void
  readonly loadOlder: () => Promise<void>
}

/** Options of `createConnection`. */
export interface ConnectionOptions {
  readonly adapter: ChatAdapter
  readonly env?: Env | undefined
  readonly locale?: string | undefined
  readonly onError?: ((error: Error) => void) | undefined
}

/** One session with a backend, kept alive, and any number of logs on it. The console uses it as it is; `createChat` is a view of one log. */
export interface Connection {
  readonly $connection: ReadableAtom<ConnectionState>
  readonly $capabilities: ReadableAtom<Capabilities | null>
  readonly $availability: ReadableAtom<AvailabilityView>
  readonly $you: ReadableAtom<Participant | null>
  /** Logs that the backend says belong to the caller, newest first. */
  readonly $conversations: ReadableAtom<readonly LogState[]>
  readonly $durability: ReadableAtom<Durability>
  readonly $outbox: ReadableAtom<OutboxView>
  /** The log of that name, subscribed from now on; `from` names what the caller already holds. The same name gives the same log. */
  readonly log: (c: string, from?: LogPosition) => Log
  /** Stops following a log. */
  readonly forget: (c: string) => void
  readonly connect: () => void
  readonly disconnect: () => void
  /** Runs an action on the open session, waiting for it at most `waitMs` (default 8,000). Rejects with a ChatError. */
  readonly withSession: <T>(action: (session: Session) => Promise<T>, waitMs?: number) => Promise<T>
  /** How many texts wait on this device that no backend has acknowledged. Needs no connection and changes nothing. */
  readonly countUnsent: () => Promise<number>
  readonly reset: () => Promise<number>
  readonly destroy: () => void
}
