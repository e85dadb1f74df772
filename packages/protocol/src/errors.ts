/** Everything that can go wrong, by name. {@link errorTraits} says what each means to a machine. */
export type ErrorCode =
  | 'store_unavailable'
  | 'busy'
  | 'timeout'
  | 'order'
  | 'rate_limited'
  | 'auth_expired'
  | 'unauthorized'
  | 'id_conflict'
  | 'too_large'
  | 'invalid'
  | 'forbidden'
  | 'blocked'
  | 'conversation_gone'
  | 'conversation_closed'
  | 'version'
  | 'offline'
  | 'unsupported'
  | 'not_found'
  | 'cors'
  | 'network'
  | 'internal'

/** When the same attempt may succeed: by itself later, after new credentials, or never. */
export type Retry = 'later' | 'auth' | 'never'

/** What a code means to whoever receives it. */
export interface ErrorTraits {
  /** Whether trying the same thing again can help. */
  readonly retry: Retry
  /** Status of an HTTP answer that carries the code. */
  readonly httpStatus: number
  /** WebSocket close code when the whole connection ends over it. */
  readonly closeCode: number
  /** One sentence for a developer: what happened and what is safe. */
  readonly meaning: string
}

/** One row a code; the compiler rejects a missing row. Printed in PROTOCOL.md. */
export const errorTraits: Readonly<Record<ErrorCode, ErrorTraits>> = {
  store_unavailable: { retry: 'later', httpStatus: 503, closeCode: 4503, meaning: 'The database cannot commit now. Nothing was stored.' },
  busy: { retry: 'later', httpStatus: 503, closeCode: 1013, meaning: 'The server takes no more work now. Wait for `after`.' },
  timeout: { retry: 'later', httpStatus: 504, closeCode: 4408, meaning: 'No answer in time. The outcome is unknown; the same id may be sent again.' },
  order: {
    retry: 'later',
    httpStatus: 409,
    closeCode: 4400,
    meaning: 'An earlier message of this device is missing; `expectN` names the next number.'
  },
  rate_limited: { retry: 'later', httpStatus: 429, closeCode: 4429, meaning: 'Too many at once. Wait for `after`, then send the same again.' },
  auth_expired: { retry: 'auth', httpStatus: 401, closeCode: 4401, meaning: 'The credential ran out. Get a new one; what waits is kept.' },
  unauthorized: { retry: 'auth', httpStatus: 401, closeCode: 4401, meaning: 'No valid credential came with this. Sign in.' },
  id_conflict: { retry: 'never', httpStatus: 409, closeCode: 4400, meaning: 'The id is taken by something with another content. The first stays.' },
  too_large: { retry: 'never', httpStatus: 413, closeCode: 4413, meaning: 'Longer than the limit. Nothing was stored.' },
  invalid: { retry: 'never', httpStatus: 400, closeCode: 4400, meaning: 'Not of the documented shape. Nothing was stored.' },
  forbidden: { retry: 'never', httpStatus: 403, closeCode: 4403, meaning: 'Not allowed for this account, site or origin.' },
  blocked: { retry: 'never', httpStatus: 403, closeCode: 4403, meaning: 'The site does not take messages from this visitor.' },
  conversation_gone: { retry: 'never', httpStatus: 404, closeCode: 4400, meaning: 'No such conversation for this caller.' },
  conversation_closed: { retry: 'never', httpStatus: 409, closeCode: 4400, meaning: 'The conversation has ended; `next` says how to go on.' },
  version: { retry: 'never', httpStatus: 426, closeCode: 4426, meaning: 'No protocol version in common. Reload the page.' },
  offline: { retry: 'later', httpStatus: 503, closeCode: 1013, meaning: 'This device has no network.' },
  unsupported: { retry: 'never', httpStatus: 501, closeCode: 4400, meaning: 'This backend cannot do that. Nothing was sent.' },
  not_found: { retry: 'never', httpStatus: 404, closeCode: 4400, meaning: 'No such thing, or not for this caller.' },
  cors: {
    retry: 'never',
    httpStatus: 403,
    closeCode: 4403,
    meaning: 'The browser was not allowed to read the answer: the origin is not on the site’s list.'
  },
  network: { retry: 'later', httpStatus: 502, closeCode: 1006, meaning: 'The backend could not be reached.' },
  internal: { retry: 'later', httpStatus: 500, closeCode: 1011, meaning: 'A fault of the server. What was acknowledged is safe.' }
}

/** Facts that travel with an error. */
export interface ChatErrorOptions {
  /** What led to it. */
  cause?: unknown
  /** Earliest sensible next attempt, in milliseconds from now. */
  afterMs?: number | undefined
}

/**
 * The one error of Porchlight. Look at `code`, never at the message text: that is for developers and may change.
 *
 * @example
 * ```ts
 * import { ChatError, isChatError } from '@porchlight/protocol'
 *
 * try {
 *   throw new ChatError('too_large', 'text has 9000 code points, limit 8000')
 * } catch (error) {
 *   if (isChatError(error) && error.retry === 'never') console.warn(error.code)
 * }
 * ```
 */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  readonly code: ErrorCode
  readonly retry: Retry
  readonly afterMs: number | undefined

  constructor(code: ErrorCode, message: string, options: ChatErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retry = errorTraits[code].retry
    this.afterMs = options.afterMs
  }
}

/** Tells whether a value is an {@link ChatError}, by name and code, so that it holds across separately built bundles. */
export function isChatError(value: unknown): value is ChatError {
  return value instanceof Error && value.name === 'ChatError' && 'code' in value && typeof value.code === 'string' && value.code in errorTraits
}

/** Turns anything thrown into a {@link ChatError}, keeping it as `cause`. A ChatError passes unchanged. */
export function toChatError(value: unknown, code: ErrorCode): ChatError {
  if (isChatError(value)) return value
  return new ChatError(code, value instanceof Error ? value.message : String(value), { cause: value })
}
