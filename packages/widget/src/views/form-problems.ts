import type { RequestView } from '@porchlight/core'
import { answerMaxChars, type RequestForm, textIn } from '@porchlight/protocol'
import type { I18n } from '@porchlight/ui'
import { textMaxCodePoints } from '../components/characters-left.js'
import type { TextKey } from '../panel/panel-context.js'

/** The fields that every form has. */
export type FieldName = 'name' | 'email' | 'phone' | 'text'

/** What each of them is called. */
const fieldLabels: Readonly<Record<FieldName, TextKey>> = {
  name: 'form.name',
  email: 'form.email',
  phone: 'form.phone',
  text: 'form.question'
}

/** Longest values, in characters. The wire's limits: a test holds them equal. */
export const fieldLimits: Readonly<Record<FieldName, number>> = { name: 120, email: 320, phone: 40, text: textMaxCodePoints }

/** A number that belongs to nobody (Ofcom, numbers for drama use). */
const examplePhone = '+44 20 7946 0958'

/** Names of all fields in the order in which they stand, each with what it is called. One of the site's own begins with `custom.`. */
export function fieldLabelsOf(form: RequestForm | undefined, i18n: I18n<TextKey>): ReadonlyMap<string, string> {
  const of = (name: FieldName): [string, string] => [name, i18n.text(fieldLabels[name])]
  return new Map([
    ...(['name', 'email', 'phone'] as const).map(of),
    ...(form?.fields ?? []).map(({ id, label }): [string, string] => [`custom.${id}`, textIn(label, i18n.locale)]),
    of('text'),
    ['consent', textIn(form?.consent?.label ?? {}, i18n.locale)]
  ])
}

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
  labels: ReadonlyMap<string, string>,
  { i18n, required }: { readonly i18n: I18n<TextKey>; readonly required: 'err.empty' | 'err.required' }
): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const [field, problem] of Object.entries(problems)) {
    const name = labels.has(field) ? field : 'email'
    texts[name] ??= problemText(name, problem, i18n) ?? i18n.text(required, { field: labels.get(name) ?? '' })
  }
  return texts
}

function problemText(field: string, problem: string, i18n: I18n<TextKey>): string | undefined {
  switch (problem) {
    case 'contact':
    case 'email':
      return i18n.text(`err.${problem}`)
    case 'phone':
      return i18n.text('err.phone', { example: examplePhone })
    case 'too_long':
      return i18n.text('err.tooLong', { n: fieldLimits[field as FieldName] ?? answerMaxChars })
    default:
      return undefined
  }
}
