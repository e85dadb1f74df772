import type { Message } from '@porchlight/core'
import { ChatError, type ErrorCode, errorRetry, type LogEvent, type Retry } from '@porchlight/protocol'

/** An event of the wire in the core's terms. */
export function messageOf({ c, id, seq, ts, by, k, data }: Omit<LogEvent, 'epoch'>): Message {
  return { c, id, cursor: `${seq}`, order: seq, at: ts, by, k, body: data ?? {} }
}

/** What stands in for a code of a newer server: the same consequences. */
const substitutes: Readonly<Record<Retry, ErrorCode>> = { later: 'internal', auth: 'unauthorized', never: 'invalid' }

/** A failure that the server reported. */
export function errorOf({ code, retry, after }: { readonly code: string; readonly retry: Retry; readonly after?: number | undefined }): ChatError {
  const known = Object.hasOwn(errorRetry, code) ? (code as ErrorCode) : substitutes[retry]
  return new ChatError(known, `the server answered ${known}`, { afterMs: after })
}
