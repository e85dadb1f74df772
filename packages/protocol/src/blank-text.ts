/**
 * Whether a text shows nothing: white space, controls, and characters that are invisible by themselves, such as U+200B (`DI` is Unicode’s
 * `Default_Ignorable_Code_Point`) and the braille blank.
 *
 * @example
 * ```ts
 * import { isBlankText } from '@porchlight/protocol'
 *
 * isBlankText(' \u200b\n') // true
 * ```
 */
export function isBlankText(text: string): boolean {
  return !/[^\s\p{Cc}\p{Cf}\p{DI}\u2800]/u.test(text)
}
