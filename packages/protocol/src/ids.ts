/** Fills the array with random bytes, as `crypto.getRandomValues` does. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>

/** Crockford's base32: no I, L, O, U, so that a reference survives being read aloud. https://www.crockford.com/base32.html */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits. The time only helps the index; nobody trusts it.
 * `crypto.randomUUID` is not used: it is missing on plain-http pages and makes version 4.
 *
 * @param nowMs Milliseconds since 1970.
 * @param random For instance `(bytes) => crypto.getRandomValues(bytes)`.
 *
 * @example
 * ```ts
 * import { uuidv7 } from '@porchlight/protocol'
 *
 * const id = uuidv7(Date.now(), (bytes) => crypto.getRandomValues(bytes))
 * ```
 */
export function uuidv7(nowMs: number, random: RandomBytes): string {
  const time = Math.floor(nowMs).toString(16).padStart(12, '0')
  const bytes = random(new Uint8Array(10))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = '89ab'[(bytes[9] as number) & 3]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}

/** Random bytes as base64url text: 16 bytes make 22 characters, 32 bytes make 43. */
export function randomText(byteCount: number, random: RandomBytes): string {
  const text = btoa(String.fromCharCode(...random(new Uint8Array(byteCount))))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** A request's reference for people: eight characters of Crockford base32 in two groups, such as `7K3M-9QXD`. */
export function requestReference(random: RandomBytes): string {
  const letters = Array.from(random(new Uint8Array(8)), (byte) => crockford[byte & 31]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** Patterns of the ids on the wire. */
export const idPatterns: {
  readonly site: RegExp
  readonly message: RegExp
  readonly log: RegExp
  readonly device: RegExp
  readonly visitorToken: RegExp
  readonly sessionToken: RegExp
  readonly ticket: RegExp
  readonly reference: RegExp
} = {
  /** A site's public name. */
  site: /^[a-z0-9-]{1,40}$/,
  /** A client-made UUID of version 7. */
  message: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  /** A conversation `c_…` made by the server, or the inbox log of a site. */
  log: /^(?:c_[A-Za-z0-9_-]{22}|inbox:[a-z0-9-]{1,40})$/,
  /** One browser profile. */
  device: /^[A-Za-z0-9_-]{22}$/,
  visitorToken: /^plv_[A-Za-z0-9_-]{43}$/,
  sessionToken: /^pls_[A-Za-z0-9_-]{43}$/,
  ticket: /^plt_[A-Za-z0-9_-]{43}$/,
  reference: /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/
}
