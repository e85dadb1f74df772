import type { LogState, Message } from '@porchlight/core'
import { ChatError, type ConversationSummary, type Cursor, type ErrorCode, errorRetry, type LogEvent, type Retry } from '@porchlight/protocol'

/** An event of the wire in the core's terms. */
export function messageOf({ c, id, seq, ts, by, k, data }: Omit<LogEvent, 'epoch'>): Message {
  return { c, id, cursor: `${seq}`, order: seq, at: ts, by, k, body: data ?? {} }
}

/** A log's standing in the core's terms. */
export function stateOf({ c, epoch, head, state, department, updatedAt }: ConversationSummary): LogState {
  return { c, epoch, head, state, department, updatedAt }
}

/** Receipts of a log in the core's terms. */
export function receiptsOf(
  c: string,
  cursors: readonly Cursor[]
): { type: 'receipt'; c: string; by: Cursor['by']; delivered: number; read: number }[] {
  return cursors.map(({ by, delivered, read }) => ({ type: 'receipt', c, by, delivered, read }))
}

/** What stands in for a code of a newer server: the same consequences. */
const substitutes: Readonly<Record<Retry, ErrorCode>> = { later: 'internal', auth: 'unauthorized', never: 'invalid' }

/** A failure that the server reported. */
export function errorOf({ code, retry, after }: { readonly code: string; readonly retry: Retry; readonly after?: number }): ChatError {
  const known = Object.hasOwn(errorRetry, code) ? (code as ErrorCode) : substitutes[retry]
  return new ChatError(known, `the server says ${known}`, { afterMs: after })
}
