/** Everything that can go wrong, by name. {@link errorRetry} says what a client makes of each, `errorTraits` what a server does. */
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

/** Whether trying again can help, by code; the compiler rejects a missing row. */
export const errorRetry: Readonly<Record<ErrorCode, Retry>> = {
  store_unavailable: 'later',
  busy: 'later',
  timeout: 'later',
  order: 'later',
  rate_limited: 'later',
  auth_expired: 'auth',
  unauthorized: 'auth',
  id_conflict: 'never',
  too_large: 'never',
  invalid: 'never',
  forbidden: 'never',
  blocked: 'never',
  conversation_gone: 'never',
  conversation_closed: 'never',
  version: 'never',
  offline: 'later',
  unsupported: 'never',
  not_found: 'never',
  cors: 'never',
  network: 'later',
  internal: 'later'
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
    super(message, options)
    this.code = code
    this.retry = errorRetry[code]
    this.afterMs = options.afterMs
  }
}

/** Tells whether a value is an {@link ChatError}, by name and code, so that it holds across separately built bundles. */
export function isChatError(value: unknown): value is ChatError {
  return value instanceof Error && value.name === 'ChatError' && 'code' in value && typeof value.code === 'string' && value.code in errorRetry
}

/** Turns anything thrown into a {@link ChatError}, keeping it as `cause`. A ChatError passes unchanged. */
export function toChatError(value: unknown, code: ErrorCode): ChatError {
  if (isChatError(value)) return value
  return new ChatError(code, value instanceof Error ? value.message : String(value), { cause: value })
}
