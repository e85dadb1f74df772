import type { ErrorCode } from './errors.js'

/** One sentence a code, for a developer: what happened and what is safe. Apart from the traits, because pages need only those. */
export const errorMeanings: Readonly<Record<ErrorCode, string>> = {
  store_unavailable: 'The database cannot commit now. Nothing was stored.',
  busy: 'The server takes no more work now. Wait for `after`.',
  timeout: 'No answer in time. The outcome is unknown; the same id may be sent again.',
  order: 'An earlier message of this device is missing; `expectN` names the next number.',
  rate_limited: 'Too many at once. Wait for `after`, then send the same again.',
  auth_expired: 'The credential ran out. Get a new one; what waits is kept.',
  unauthorized: 'No valid credential came with this. Sign in.',
  id_conflict: 'The id is taken by something with another content. The first stays.',
  too_large: 'Longer than the limit. Nothing was stored.',
  invalid: 'Not of the documented shape. Nothing was stored.',
  forbidden: 'Not allowed for this account, site or origin.',
  blocked: 'The site does not take messages from this visitor.',
  conversation_gone: 'No such conversation for this caller.',
  conversation_closed: 'The conversation has ended; `next` says how to go on.',
  version: 'No protocol version in common. Reload the page.',
  offline: 'This device has no network.',
  unsupported: 'This backend cannot do that. Nothing was sent.',
  not_found: 'No such thing, or not for this caller.',
  cors: 'The origin of the page is not on the list of the site.',
  network: 'The backend could not be reached.',
  internal: 'A fault of the server. What was acknowledged is safe.'
}
