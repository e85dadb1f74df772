import { randomText, uuidv7 } from '@porchlight/protocol'

/** A new message id. */
export function newMessageId(): string {
  return uuidv7(Date.now(), (bytes) => crypto.getRandomValues(bytes))
}

/** A new device id. */
export function newDevice(): string {
  return randomText(16, (bytes) => crypto.getRandomValues(bytes))
}
