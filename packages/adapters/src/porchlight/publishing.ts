import type { Draft, LogState, OpenDetails, SendOutcome } from '@porchlight/core'
import { ChatError, limits, type OpenMeta, type Participant, toChatError } from '@porchlight/protocol'
import type { Link } from './link.js'
import { errorOf, messageOf } from './translate.js'

/** Longest wait for an `ack`; after that the outcome counts as unknown. */
const ackMs = 15_000

/** Publishes one event and waits for the server's verdict. */
export async function publish(link: Link, you: Participant, { c, id, n, k, body }: Draft): Promise<SendOutcome> {
  const frame = { t: 'pub', c, id, n, k, body } as const
  if (new TextEncoder().encode(JSON.stringify(frame)).length > limits.frameMaxBytes) throw new ChatError('too_large', 'text is too long')
  try {
    const verdict = await link.ask<'ack' | 'nack'>(id, frame, ackMs)
    if (verdict.t === 'ack') return { outcome: 'stored', message: messageOf({ ...verdict, by: you, k, data: body }) }
    if (verdict.expectN !== undefined) return { outcome: 'order', expectN: verdict.expectN }
    throw errorOf(verdict)
  } catch (value) {
    const error = toChatError(value, 'internal')
    // The connection ended, or nobody answered: the server may have it.
    if (error.code === 'network' || error.code === 'timeout') return { outcome: 'unknown' }
    throw error
  }
}

/** Makes a conversation; the server chooses its name. */
export async function openConversation(link: Link, { id, ...meta }: OpenDetails): Promise<LogState> {
  // JSON leaves out what is undefined.
  const verdict = await link.ask<'ack' | 'nack'>(id, { t: 'open', id, meta: meta as OpenMeta }, ackMs)
  if (verdict.t === 'nack') throw errorOf(verdict)
  const log: LogState = { c: verdict.c, epoch: verdict.epoch, head: 0, state: 'open' }
  link.logs.set(log.c, log)
  return log
}
