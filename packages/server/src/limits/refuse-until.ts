import { ChatError } from '@porchlight/protocol'

/**
 * Goes on where there is nothing to wait for.
 *
 * @param afterMs The answer of a rate: 0, or the wait in milliseconds.
 * @throws {ChatError} `rate_limited`, with the wait.
 */
export function refuseUntil(afterMs: number, why: string): void {
  if (afterMs > 0) throw new ChatError('rate_limited', why, { afterMs })
}
