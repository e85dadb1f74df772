/** What a client does when a socket ends. */
export type CloseAction = 'backoff' | 'wait' | 'drop_item' | 'new_token' | 'stop' | 'replaced' | 'at_once'

/** One WebSocket close code: its meaning and the client's answer to it. */
export interface CloseCode {
  readonly code: number
  readonly meaning: string
  readonly action: CloseAction
}

/** Names of the close codes. */
export type CloseName =
  | 'goingAway'
  | 'abnormal'
  | 'internal'
  | 'restart'
  | 'busy'
  | 'bye'
  | 'badFrame'
  | 'token'
  | 'forbidden'
  | 'noHello'
  | 'replaced'
  | 'tooLarge'
  | 'version'
  | 'rate'
  | 'draining'
  | 'slow'

/** Close codes of the wire, by name. Codes from 4000 are ours; the others are RFC 6455's. */
export const closeCodes: { readonly [K in CloseName]: CloseCode } = {
  goingAway: { code: 1001, meaning: 'page or server gone', action: 'backoff' },
  abnormal: { code: 1006, meaning: 'connection lost', action: 'backoff' },
  internal: { code: 1011, meaning: 'a fault of the server', action: 'backoff' },
  restart: { code: 1012, meaning: 'server restarts', action: 'backoff' },
  busy: { code: 1013, meaning: 'server busy', action: 'wait' },
  bye: { code: 4001, meaning: 'the client leaves on purpose', action: 'backoff' },
  badFrame: { code: 4400, meaning: 'a frame that cannot be read', action: 'drop_item' },
  token: { code: 4401, meaning: 'token refused', action: 'new_token' },
  forbidden: { code: 4403, meaning: 'not allowed here', action: 'stop' },
  noHello: { code: 4408, meaning: 'no hello in time', action: 'backoff' },
  replaced: { code: 4409, meaning: 'replaced by a newer connection of this device', action: 'replaced' },
  tooLarge: { code: 4413, meaning: 'frame too large', action: 'drop_item' },
  version: { code: 4426, meaning: 'no common protocol version', action: 'stop' },
  rate: { code: 4429, meaning: 'too many frames', action: 'wait' },
  draining: { code: 4503, meaning: 'server is shutting down', action: 'wait' },
  slow: { code: 4508, meaning: 'reader too slow', action: 'at_once' }
}

/** What a client does on a close code; unknown codes mean "come back later". */
export function closeAction(code: number): CloseAction {
  return Object.values(closeCodes).find((known) => known.code === code)?.action ?? 'backoff'
}
