import { type RandomBytes, randomText, uuidv7 } from '@porchlight/protocol'

/** The random source of the server. */
export const random: RandomBytes = (bytes) => crypto.getRandomValues(bytes)

/** An id of 128 random bits behind a prefix that tells what it names: a conversation, a visitor, a connection. */
export function newId(prefix: 'c_' | 'v_' | 'x_'): string {
  return prefix + randomText(16, random)
}

/** An id for an event that the server itself writes. */
export function newEventId(nowMs: number): string {
  return uuidv7(nowMs, random)
}
