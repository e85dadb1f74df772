import * as v from 'valibot'
import type { Schema } from './schema.js'

/** One text in several languages, by language as BCP 47 names it. */
export type Texts = Readonly<Record<string, string>>

const languagesMax = 40

/** Schema of a text in at least one language. */
export function textsOf(text: Schema<string>, maxChars: number): Schema<Texts> {
  const language = v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is not a language like en or pt-BR'))
  return v.pipe(
    v.record(language, v.pipe(text, v.maxLength(maxChars))),
    v.check((texts) => Object.keys(texts).length > 0, 'says nothing in any language'),
    v.check((texts) => Object.keys(texts).length <= languagesMax, 'is in more languages than there is room for')
  )
}
