import * as v from 'valibot'
import { isBlankText } from './blank-text.js'
import { idPatterns } from './ids.js'
import { limits } from './limits.js'

/** A schema whose output is exactly `T`. The written-out type is what readers and `.d.ts` files see. */
export type Schema<T> = v.GenericSchema<unknown, T>

/** The entries of an object schema for `T`: a schema for each required field, an exactly optional one for each other. */
export type EntriesOf<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? v.ExactOptionalSchema<Schema<Exclude<T[K], undefined>>, undefined> : Schema<T[K]>
}

/** Whole, not negative, exactly representable. */
export const count: Schema<number> = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Milliseconds since 1970 UTC, or a duration in milliseconds. */
export const milliseconds: Schema<number> = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const flag: Schema<boolean> = v.boolean()
/** Any text of at most 64 Ki characters: names of things that the receiver only compares or shows. */
export const word: Schema<string> = v.string()
export const siteId: Schema<string> = v.pipe(v.string(), v.regex(idPatterns.site))
export const logId: Schema<string> = v.pipe(v.string(), v.regex(idPatterns.log))
export const messageId: Schema<string> = v.pipe(v.string(), v.regex(idPatterns.message))
export const deviceId: Schema<string> = v.pipe(v.string(), v.regex(idPatterns.device))
/** A short opaque text made by the other side: epoch, session, request number of a fetch. */
export const shortText: Schema<string> = v.pipe(v.string(), v.maxLength(200))

const utf8 = new TextEncoder()

/**
 * What a person typed: something to see, at most 8,000 code points and 32 KiB, well-formed Unicode without NUL.
 * Spaces and line breaks stay as typed.
 */
export const typedText: Schema<string> = v.pipe(
  v.string(),
  v.check((text) => !isBlankText(text), 'is empty'),
  v.check(
    (text) => text.length <= limits.textMaxCodePoints * 2 && Array.from(text).length <= limits.textMaxCodePoints,
    'is longer than 8,000 characters'
  ),
  v.check((text) => utf8.encode(text).length <= limits.textMaxBytes, 'is longer than 32 KiB'),
  v.check((text) => !text.includes('\0') && isWellFormed(text), 'holds characters that are not text')
)

/** One line that a person typed, such as a name; trimmed by nobody. */
export function line(maxChars: number): Schema<string> {
  return v.pipe(
    v.string(),
    v.check((text) => text.trim() !== '', 'is empty'),
    v.maxLength(maxChars),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
    v.check((text) => !/[\u0000-\u001f\u007f\u2028\u2029]/.test(text) && isWellFormed(text), 'holds control characters')
  )
}

/** Whether a text holds no lone surrogate. `String.prototype.isWellFormed` is not in Safari 16.3. */
function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
}
