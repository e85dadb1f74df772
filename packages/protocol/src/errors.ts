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

/** What a code means to a machine. */
export interface ErrorTraits {
  /** Whether trying the same thing again can help. */
  readonly retry: Retry
  /** Status of an HTTP answer that carries the code. */
  readonly httpStatus: number
  /** WebSocket close code when the whole connection ends over it. */
  readonly closeCode: number
}

/** One row a code; the compiler rejects a missing row. Printed in PROTOCOL.md with {@link errorMeanings}. */
export const errorTraits: Readonly<Record<ErrorCode, ErrorTraits>> = {
  store_unavailable: { retry: 'later', httpStatus: 503, closeCode: 4503 },
  busy: { retry: 'later', httpStatus: 503, closeCode: 1013 },
  timeout: { retry: 'later', httpStatus: 504, closeCode: 4408 },
  order: { retry: 'later', httpStatus: 409, closeCode: 4400 },
  rate_limited: { retry: 'later', httpStatus: 429, closeCode: 4429 },
  auth_expired: { retry: 'auth', httpStatus: 401, closeCode: 4401 },
  unauthorized: { retry: 'auth', httpStatus: 401, closeCode: 4401 },
  id_conflict: { retry: 'never', httpStatus: 409, closeCode: 4400 },
  too_large: { retry: 'never', httpStatus: 413, closeCode: 4413 },
  invalid: { retry: 'never', httpStatus: 400, closeCode: 4400 },
  forbidden: { retry: 'never', httpStatus: 403, closeCode: 4403 },
  blocked: { retry: 'never', httpStatus: 403, closeCode: 4403 },
  conversation_gone: { retry: 'never', httpStatus: 404, closeCode: 4400 },
  conversation_closed: { retry: 'never', httpStatus: 409, closeCode: 4400 },
  version: { retry: 'never', httpStatus: 426, closeCode: 4426 },
  offline: { retry: 'later', httpStatus: 503, closeCode: 1013 },
  unsupported: { retry: 'never', httpStatus: 501, closeCode: 4400 },
  not_found: { retry: 'never', httpStatus: 404, closeCode: 4400 },
  cors: { retry: 'never', httpStatus: 403, closeCode: 4403 },
  network: { retry: 'later', httpStatus: 502, closeCode: 1006 },
  internal: { retry: 'later', httpStatus: 500, closeCode: 1011 }
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
