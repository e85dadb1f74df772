import { createHash, webcrypto } from 'node:crypto'
import { randomText } from '@porchlight/protocol'

/** What a secret opens, as its prefix: an operator's session, one operator socket, the first owner's set-up. */
export type SecretPrefix = 'pls_' | 'plt_' | 'plo_'

/** A new secret of 256 random bits. The caller gets the text once; only its {@link secretHash} is kept. */
export function newSecret(prefix: SecretPrefix): string {
  return `${prefix}${randomText(32, (bytes) => webcrypto.getRandomValues(bytes))}`
}

/** An unguessable id of 128 random bits. */
export function newId(prefix: 'op_'): string {
  return `${prefix}${randomText(16, (bytes) => webcrypto.getRandomValues(bytes))}`
}

/**
 * SHA-256 of a secret, as stored. A plain hash is enough for 256 random bits, and looking a hash up takes the same time
 * however much of a guess is right.
 *
 * @param purpose Binds the secret to something, such as a site: with another purpose it is unknown.
 */
export function secretHash(secret: string, purpose = ''): string {
  return createHash('sha256').update(`${purpose}\n${secret}`).digest('base64url')
}
