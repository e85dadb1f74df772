import type { RequestView } from '@porchlight/core'
import type { I18n } from '@porchlight/ui'
import { textMaxCodePoints } from '../components/characters-left.js'
import type { TextKey } from '../panel/panel-context.js'

/** Fields in the order in which they stand. */
export const fieldNames = ['name', 'email', 'phone', 'text'] as const

/** A field of the form. */
export type FieldName = (typeof fieldNames)[number]

/** What each field is called. */
export const fieldLabels: Readonly<Record<FieldName, TextKey>> = {
  name: 'form.name',
  email: 'form.email',
  phone: 'form.phone',
  text: 'form.question'
}

/** Longest values, in characters. The wire's limits: a test holds them equal. */
export const fieldLimits: Readonly<Record<FieldName, number>> = { name: 120, email: 320, phone: 40, text: textMaxCodePoints }

/** A number that belongs to nobody (Ofcom, numbers for drama use). */
const examplePhone = '+44 20 7946 0958'

/** Whether neither of the two ways to answer is given. */
export function lacksContact(problems: RequestView['problems']): boolean {
  return Object.values(problems).includes('contact')
}

/**
 * What is wrong, in words, by field. What concerns no field by name, such as a missing contact, stands at the email.
 *
 * @param required The text for an empty field: beside its label it need not be named.
 */
export function problemTexts(
  problems: RequestView['problems'],
  i18n: I18n<TextKey>,
  required: 'err.empty' | 'err.required'
): Partial<Record<FieldName, string>> {
  const texts: Partial<Record<FieldName, string>> = {}
  for (const [field, problem] of Object.entries(problems)) {
    const name = fieldNames.find((each) => each === field) ?? 'email'
    texts[name] ??= problemText(name, problem, i18n) ?? i18n.text(required, { field: i18n.text(fieldLabels[name]) })
  }
  return texts
}

function problemText(field: FieldName, problem: string, i18n: I18n<TextKey>): string | undefined {
  switch (problem) {
    case 'contact':
    case 'email':
      return i18n.text(`err.${problem}`)
    case 'phone':
      return i18n.text('err.phone', { example: examplePhone })
    case 'too_long':
      return i18n.text('err.tooLong', { n: fieldLimits[field] })
    default:
      return undefined
  }
}
