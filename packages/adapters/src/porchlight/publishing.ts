import type { Draft, LogState, OpenDetails, SendOutcome } from '@porchlight/core'
import { ChatError, limits, type Participant } from '@porchlight/protocol'
import type { Link } from './link.js'
import { errorOf, messageOf } from './translate.js'

/** Longest wait for an `ack`; after that the outcome counts as unknown. */
const ackMs = 15_000

/** Publishes one event and waits for the server's verdict. */
export async function publish(link: Link, you: Participant, { c, id, n, k, body }: Draft): Promise<SendOutcome> {
  const frame = { t: 'pub', c, id, n, k, body } as const
  if (bytesOf(frame) > limits.frameMaxBytes) throw new ChatError('too_large', 'the event is longer than a frame may be')
  const answer = link.acks.ask(id, ackMs)
  link.send(frame)
  const verdict = await answer.catch((error: ChatError) => error)
  if (verdict instanceof ChatError) {
    // The connection ended, or nobody answered: the server may have it.
    if (verdict.code === 'network' || verdict.code === 'timeout') return { outcome: 'unknown' }
    throw verdict
  }
  if (verdict.t === 'ack') {
    const { epoch, seq, ts } = verdict
    return { outcome: 'stored', message: messageOf({ c, epoch, seq, ts, by: you, k, id, data: body }) }
  }
  if (verdict.expectN !== undefined) return { outcome: 'order', expectN: verdict.expectN }
  throw errorOf(verdict)
}

function bytesOf(frame: object): number {
  return new TextEncoder().encode(JSON.stringify(frame)).length
}

/** Makes a conversation; the server chooses its name. */
export async function openConversation(link: Link, { id, ...meta }: OpenDetails): Promise<LogState> {
  const answer = link.acks.ask(id, ackMs)
  link.send({ t: 'open', id, meta })
  const verdict = await answer
  if (verdict.t === 'nack') throw errorOf(verdict)
  const log: LogState = { c: verdict.c, epoch: verdict.epoch, head: 0, state: 'open' }
  link.logs.set(log.c, log)
  return log
}
