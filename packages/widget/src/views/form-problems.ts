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

/** What is wrong, in words, by field. What concerns no field by name, such as a missing contact, stands at the email. */
export function problemTexts(problems: RequestView['problems'], i18n: I18n<TextKey>): Partial<Record<FieldName, string>> {
  const texts: Partial<Record<FieldName, string>> = {}
  for (const [field, problem] of Object.entries(problems)) {
    const name = fieldNames.find((each) => each === field) ?? 'email'
    texts[name] ??= problemText(name, problem, i18n)
  }
  return texts
}

function problemText(field: FieldName, problem: string, i18n: I18n<TextKey>): string {
  switch (problem) {
    case 'contact':
    case 'email':
      return i18n.text(`err.${problem}`)
    case 'phone':
      return i18n.text('err.phone', { example: examplePhone })
    case 'too_long':
      return i18n.text('err.tooLong', { n: fieldLimits[field] })
    default:
      return i18n.text('err.required', { field: i18n.text(fieldLabels[field]) })
  }
}
