import type { AnswerTargets, ConversationRow, RequestRow } from '@porchlight/protocol'
import { isUnanswered } from './row-order.js'

/**
 * How long the customer of a conversation may wait, in milliseconds. Whoever began to wait with a request was told that nobody is there, also where
 * a chat went before it: he is not late after two minutes of a night.
 */
export function answerTargetMs(row: ConversationRow, requests: Iterable<RequestRow>, targets: AnswerTargets): number {
  for (const request of requests) {
    if (request.c === row.c && request.createdAt === row.waitingSince && isUnanswered(request)) return targets.requestTargetMs
  }
  return targets.firstAnswerTargetMs
}
