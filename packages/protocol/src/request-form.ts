import * as v from 'valibot'
import { answerMaxChars } from './form-answers.js'
import { line, type Schema } from './schema.js'
import { type Texts, textsOf } from './texts.js'

/** One answer of a choice. */
export interface FormOption {
  /** What is kept; unique in its field. */
  readonly id: string
  readonly label: Texts
}

/** A field that a site adds to its request form. */
export interface FormField {
  /** Names the answer: `[a-z][a-z0-9-]{0,39}`, unique in the form; neither `constructor` nor `prototype`. */
  readonly id: string
  /** `date`: a day of the calendar, `YYYY-MM-DD`. */
  readonly kind: 'text' | 'select' | 'checkbox' | 'date'
  readonly label: Texts
  /** Whether the form goes out without an answer. Default false. */
  readonly isRequired?: boolean
  /** Of `select`: 2 to 50. */
  readonly options?: readonly FormOption[]
}

/** What a customer agrees to before his request is taken. */
export interface FormConsent {
  readonly label: Texts
  /** The rules in full, at an `https:` address. */
  readonly url?: string
}

/**
 * What a site asks for in its request form beside name, email, phone and the question.
 *
 * @example
 * ```ts
 * import { parse, type RequestForm, RequestFormSchema } from '@porchlight/protocol'
 *
 * const form: RequestForm = parse(RequestFormSchema, {
 *   fields: [{ id: 'order', kind: 'text', label: { en: 'Order number', pl: 'Numer zamówienia' } }],
 *   consent: { label: { en: 'I agree to the use of my data for this reply' }, url: 'https://shop.example/privacy' }
 * })
 * console.log(form.fields.length)
 * ```
 */
export interface RequestForm {
  /** In the order in which they stand; at most 8. */
  readonly fields: readonly FormField[]
  readonly consent?: FormConsent
}

/** What a customer filled in, by field; a field without an answer is not there. */
export type FormAnswers = Readonly<Record<string, string | boolean>>

/** An answer as it is kept: readable also when the field is gone. */
export interface KeptAnswer {
  readonly id: string
  /** What the field was called. */
  readonly label: string
  /** The text, the day, what the chosen option was called, or whether the box was ticked. */
  readonly value: string | boolean
}

const fieldsMax = 8
/** Longest words for a field, an option or consent. */
export const labelMaxChars = 200

/** Two names are left out of whatever is read as a record, because every object of JavaScript has something there: answers under them would be lost. */
const idPattern = /^(?!(?:constructor|prototype)$)[a-z][a-z0-9-]{0,39}$/
const notAnId = 'is not a name like order-number'
const fieldId: Schema<string> = v.pipe(v.string(), v.regex(idPattern, notAnId))

const texts = textsOf(line(labelMaxChars), labelMaxChars)

const options: Schema<readonly FormOption[]> = v.pipe(
  v.array(v.strictObject({ id: fieldId, label: texts })),
  v.minLength(2, 'offers nothing to choose from'),
  v.maxLength(50),
  v.check((options) => areUnique(options), 'holds an option twice')
)

const common = { id: fieldId, label: texts, isRequired: v.exactOptional(v.boolean()) }
const field: Schema<FormField> = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), ...common }),
  v.strictObject({ kind: v.literal('date'), ...common }),
  v.strictObject({ kind: v.literal('checkbox'), ...common }),
  v.strictObject({ kind: v.literal('select'), ...common, options })
])

const consent: Schema<FormConsent> = v.strictObject({
  label: texts,
  url: v.exactOptional(v.pipe(v.string(), v.maxLength(2_000), v.check(isHttps, 'is not an address like https://shop.example/privacy')))
})

/** Schema of {@link RequestForm}. */
export const RequestFormSchema: Schema<RequestForm> = v.strictObject({
  fields: v.pipe(
    v.array(field),
    v.maxLength(fieldsMax),
    v.check((fields) => areUnique(fields), 'holds a field twice')
  ),
  consent: v.exactOptional(consent)
})

/** Schema of {@link FormAnswers}: of any form, so that what an older form asked for passes too. */
export const FormAnswersSchema: Schema<FormAnswers> = v.pipe(
  v.record(v.pipe(v.string(), v.regex(idPattern, notAnId)), v.union([v.boolean(), line(answerMaxChars)])),
  v.check((answers) => Object.keys(answers).length <= fieldsMax * 2, 'answers more than any form asks')
)

/** Schema of {@link KeptAnswer}. */
export const KeptAnswerSchema: Schema<KeptAnswer> = v.object({ id: v.string(), label: v.string(), value: v.union([v.string(), v.boolean()]) })

function areUnique(named: readonly { readonly id: string }[]): boolean {
  return new Set(named.map(({ id }) => id)).size === named.length
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:'
}
