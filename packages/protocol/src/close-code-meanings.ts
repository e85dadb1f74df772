import type { CloseName } from './close-codes.js'

/** Why a connection ended, by the name of its close code. */
export const closeCodeMeanings: Readonly<Record<CloseName, string>> = {
  goingAway: 'page or server gone',
  abnormal: 'connection lost',
  internal: 'a fault of the server',
  restart: 'server restarts',
  busy: 'server busy',
  bye: 'the client leaves on purpose',
  badFrame: 'a frame that cannot be read',
  token: 'token refused',
  forbidden: 'not allowed here',
  noHello: 'no hello in time',
  replaced: 'replaced by a newer connection of this device',
  tooLarge: 'frame too large',
  version: 'no common protocol version',
  rate: 'too many frames',
  draining: 'server is shutting down',
  slow: 'reader too slow'
}
