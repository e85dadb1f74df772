/** What a client does when a socket ends. */
export type CloseAction = 'backoff' | 'wait' | 'drop_item' | 'new_token' | 'stop' | 'replaced' | 'at_once'

/** One WebSocket close code and the client's answer to it. */
export interface CloseCode {
  readonly code: number
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
  goingAway: { code: 1001, action: 'backoff' },
  abnormal: { code: 1006, action: 'backoff' },
  internal: { code: 1011, action: 'backoff' },
  restart: { code: 1012, action: 'backoff' },
  busy: { code: 1013, action: 'wait' },
  bye: { code: 4001, action: 'backoff' },
  badFrame: { code: 4400, action: 'drop_item' },
  token: { code: 4401, action: 'new_token' },
  forbidden: { code: 4403, action: 'stop' },
  noHello: { code: 4408, action: 'backoff' },
  replaced: { code: 4409, action: 'replaced' },
  tooLarge: { code: 4413, action: 'drop_item' },
  version: { code: 4426, action: 'stop' },
  rate: { code: 4429, action: 'wait' },
  draining: { code: 4503, action: 'wait' },
  slow: { code: 4508, action: 'at_once' }
}

/** What a client does on a close code; unknown codes mean "come back later". */
export function closeAction(code: number): CloseAction {
  return Object.values(closeCodes).find((known) => known.code === code)?.action ?? 'backoff'
}
