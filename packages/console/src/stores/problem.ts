import { type ErrorCode, isChatError } from '@porchlight/protocol'
import type { MessageKey } from './language.js'

const texts: Readonly<Record<ErrorCode, MessageKey>> = {
  store_unavailable: 'problem.later',
  busy: 'problem.later',
  timeout: 'problem.later',
  order: 'problem.later',
  rate_limited: 'problem.wait',
  auth_expired: 'signIn.expired',
  unauthorized: 'signIn.expired',
  id_conflict: 'problem.refused',
  too_large: 'problem.refused',
  invalid: 'problem.refused',
  forbidden: 'problem.forbidden',
  blocked: 'problem.forbidden',
  conversation_gone: 'problem.gone',
  conversation_closed: 'problem.refused',
  version: 'problem.refused',
  offline: 'problem.network',
  unsupported: 'problem.refused',
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
  return texts[code] === 'problem.wait' ? 'problem.later' : texts[code]
}

/** The problem that an error means. Anything that is not a ChatError is a fault of ours. */
export function problemOf(error: unknown): Problem {
  if (!isChatError(error)) return { key: 'problem.internal' }
  if (error.code === 'rate_limited' && error.afterMs !== undefined) return { key: 'problem.wait', afterMs: error.afterMs }
  return { key: problemText(error.code) }
}
