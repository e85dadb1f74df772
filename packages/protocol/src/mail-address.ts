import * as v from 'valibot'
import { limits } from './limits.js'
import { line, type Schema } from './schema.js'

/** Characters that mean something in a mail's header, or end one: with none of them a text is one address, whoever reads it. */
const special = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s()<>[\]:;,\\"]/u

/**
 * Whether a mail can go to a text as it stands: one address, of one person, without a name, a comment, a list or a quoted part. It is stricter than
 * what a form takes, because forms are kept for people to read, and this is handed to mail servers.
 *
 * @example
 * ```ts
 * import { isMailAddress } from '@porchlight/protocol'
 *
 * isMailAddress('ann@example.com') // true
 * isMailAddress('ann@example.com, bob@example.com') // false
 * ```
 */
export function isMailAddress(text: string): boolean {
  const parts = text.split('@')
  return (
    parts.length === 2 && text.length <= limits.emailMaxChars && !special.test(text) && /^[^.].*\.[^.]+$/u.test(parts[1] ?? '') && parts[0] !== ''
  )
}

/** One address that mail is sent to. */
export const mailAddress: Schema<string> = v.pipe(line(limits.emailMaxChars), v.check(isMailAddress, 'is not one address like name@example.com'))
