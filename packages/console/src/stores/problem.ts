import { type ErrorCode, isChatError } from '@porchlight/protocol'
import type { MessageKey } from './language.js'

/** What happened, what is safe, and what to do, by code; the compiler rejects a missing row. */
const texts: Readonly<Record<ErrorCode, MessageKey>> = {
  store_unavailable: 'problem.later',
  busy: 'problem.later',
  timeout: 'problem.timeout',
  order: 'problem.later',
  rate_limited: 'problem.often',
  auth_expired: 'signIn.expired',
  unauthorized: 'signIn.expired',
  id_conflict: 'problem.refused',
  too_large: 'problem.tooLarge',
  invalid: 'problem.refused',
  forbidden: 'problem.forbidden',
  blocked: 'problem.forbidden',
  conversation_gone: 'problem.gone',
  conversation_closed: 'problem.closed',
  version: 'problem.version',
  offline: 'problem.network',
  unsupported: 'problem.version',
  not_found: 'problem.gone',
  cors: 'problem.network',
  network: 'problem.network',
  internal: 'problem.internal'
}

/** What went wrong, as people are told: a text of the catalogue, and how long to wait when that is known. */
export interface Problem {
  readonly key: MessageKey
  readonly afterMs?: number
}

/** What a code means to people, without a time to wait. */
export function problemText(code: ErrorCode): MessageKey {
  return texts[code]
}

/** The problem that an error means. Anything that is not a ChatError is a fault of ours. */
export function problemOf(error: unknown): Problem {
  if (!isChatError(error)) return { key: 'problem.internal' }
  return { key: texts[error.code], ...(error.code === 'rate_limited' && error.afterMs !== undefined && { afterMs: error.afterMs }) }
}
