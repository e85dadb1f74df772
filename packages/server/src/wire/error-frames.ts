import { type ChatError, type ErrFrame, type ErrorCode, errorTraits, isChatError, type NackFrame, toChatError } from '@porchlight/protocol'
import type { FastifyBaseLogger } from 'fastify'
import { errorFacts } from '../log.js'

/** What goes with a refusal. */
export interface RefusalFacts {
  readonly afterMs?: number | undefined
  readonly expectN?: number | undefined
}

/** Tells that a message was not stored. */
export function nackFrame(id: string, code: ErrorCode, { afterMs, expectN }: RefusalFacts = {}): NackFrame {
  const after = afterMs === undefined ? {} : { after: Math.ceil(afterMs) }
  return { t: 'nack', id, code, retry: errorTraits[code].retry, ...after, ...(expectN === undefined ? {} : { expectN }) }
}

/** Tells what was wrong with a frame, or with the connection. */
export function errFrame({ code, afterMs }: Pick<ChatError, 'code' | 'afterMs'>, ref?: string): ErrFrame {
  const after = afterMs === undefined ? {} : { after: Math.ceil(afterMs) }
  return { t: 'err', code, retry: errorTraits[code].retry, ...after, ...(ref === undefined ? {} : { ref }) }
}

/** Anything thrown, as the wire may tell it. A fault of ours is logged, without what led to it: that may be somebody's text. */
export function wireError(error: unknown, log: FastifyBaseLogger): ChatError {
  if (isChatError(error)) return error
  log.error(errorFacts(error), 'a frame failed')
  return toChatError(error, 'internal')
}
