import { type RandomBytes, randomText, uuidv7 } from '@porchlight/protocol'

/** Random bytes that nobody was given yet: the system is asked for many at once, for asking costs more than they do. */
const stock = new Uint8Array(4_096)
let given = stock.length

/** The random source of the server. */
export const random: RandomBytes = (bytes) => {
  if (bytes.length > stock.length) return crypto.getRandomValues(bytes)
  if (given + bytes.length > stock.length) {
    crypto.getRandomValues(stock)
    given = 0
  }
  const end = given + bytes.length
  bytes.set(stock.subarray(given, end))
  // What became a secret is not kept here.
  stock.fill(0, given, end)
  given = end
  return bytes
}

/** An id of 128 random bits behind a prefix that tells what it names: a conversation, a visitor, a connection. */
export function newId(prefix: 'c_' | 'v_' | 'x_'): string {
  return prefix + randomText(16, random)
}

/** An id for an event that the server itself writes. */
export function newEventId(nowMs: number): string {
  return uuidv7(nowMs, random)
}
