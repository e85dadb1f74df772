import type { KeptRequestFields, RequestFields } from './event-data.js'
import type { FormAnswers, FormField, RequestForm } from './request-form.js'
import { textIn } from './text-in.js'

/** What {@link checkAnswers} judges. */
export interface AnsweredForm {
  readonly custom?: FormAnswers
  readonly consent?: boolean | string
}

/**
 * What is wrong with the answers to a site's own fields, by place: `custom.order`, `consent`. Each is `required`, `too_long` or `invalid`.
 * An answer to a field that the form does not have is nobody's fault: the form changed. Who agreed to other words than those that the form has now agreed to nothing.
 *
 * @example
 * ```ts
 * import { checkAnswers } from '@porchlight/protocol'
 *
 * const form = { fields: [{ id: 'order', kind: 'text', label: { en: 'Order number' }, isRequired: true }] } as const
 * console.log(checkAnswers(form, {}))   // { 'custom.order': 'required' }
 * ```
 */
export function checkAnswers(form: RequestForm | undefined, { custom = {}, consent }: AnsweredForm): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  for (const field of form?.fields ?? []) {
    const problem = problemOf(field, custom[field.id])
    if (problem) problems[`custom.${field.id}`] = problem
  }
  if (form?.consent && consent !== true && !Object.values(form.consent.label).includes(`${consent}`)) problems['consent'] = 'required'
  return problems
}

function problemOf({ kind, isRequired, options }: FormField, answer: string | boolean | undefined): string | undefined {
  if (!answer) return isRequired ? 'required' : undefined
  if ((kind === 'checkbox') !== (answer === true)) return 'invalid'
  if (kind === 'text' && [...String(answer)].length > answerMaxChars) return 'too_long'
  if (kind === 'date' && !isDay(String(answer))) return 'invalid'
  return kind === 'select' && !options?.some(({ id }) => id === answer) ? 'invalid' : undefined
}

/** Longest answer to a field of the kind `text`, in characters. */
export const answerMaxChars = 500

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  // 30 February is read as the first days of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/**
 * A form as it is kept: each answer with what its field and its option were called, and consent as the words that were agreed to, so that it reads the
 * same when the form has become another one. Answers that no field asks for are kept under their ids.
 */
export function keptFields({ custom = {}, consent, ...rest }: RequestFields, form: RequestForm | undefined, language?: string): KeptRequestFields {
  const asked = form?.fields ?? []
  const others = Object.keys(custom).filter((id) => !asked.some((field) => field.id === id))
  const answers = [
    ...asked.flatMap((field) => {
      const value = custom[field.id]
      if (value === undefined) return []
      const option = field.options?.find(({ id }) => id === value)
      return [{ id: field.id, label: textIn(field.label, language), value: option ? textIn(option.label, language) : value }]
    }),
    ...others.map((id) => ({ id, label: id, value: custom[id] as string | boolean }))
  ]
  return {
    ...rest,
    ...(answers.length > 0 ? { answers } : {}),
    ...(consent ? { consent: consent === true ? textIn(form?.consent?.label ?? {}, language) : consent } : {})
  }
}
