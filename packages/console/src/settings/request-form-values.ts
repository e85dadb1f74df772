import type { ChangeSiteBody, FormField, FormOption, RequestForm } from '@porchlight/protocol'
import { type LanguageTexts, languagesOf, textsIn, textsOf } from './language-texts.js'

/** One answer of a choice, as somebody types it. Its id is what the server tells it by. */
export interface OptionValues {
  readonly id: string
  readonly label: LanguageTexts
}

/** A field of the request form, as somebody types it. */
export interface FieldValues {
  readonly id: string
  readonly kind: FormField['kind']
  readonly label: LanguageTexts
  readonly isRequired: boolean
  /** Kept through other kinds; told only of `select`. */
  readonly options: readonly OptionValues[]
}

/** The request form of a site, as somebody types it. */
export interface RequestFormValues {
  readonly languages: readonly string[]
  readonly fields: readonly FieldValues[]
  readonly consent: LanguageTexts
  readonly consentUrl: string
}

/** What is kept, to be changed. */
export function requestFormValues(form: RequestForm | null): RequestFormValues {
  const { fields = [], consent } = form ?? {}
  const labels = fields.flatMap(({ label, options = [] }) => [label, ...options.map((option) => option.label)])
  return {
    languages: languagesOf([...labels, consent?.label ?? {}]),
    fields: fields.map(({ id, kind, label, isRequired = false, options = [] }) => ({
      ...{ id, kind, isRequired, label: textsIn(label) },
      options: options.map((option) => ({ id: option.id, label: textsIn(option.label) }))
    })),
    consent: textsIn(consent?.label),
    consentUrl: consent?.url ?? ''
  }
}

/** What the server is told. An address without words is sent as it is, and refused where the words are missing. */
export function requestFormBody({ languages, fields, consent, consentUrl }: RequestFormValues): ChangeSiteBody {
  const label = textsOf(consent, languages)
  const url = consentUrl.trim()
  const hasConsent = Object.keys(label).length > 0 || url !== ''
  if (fields.length === 0 && !hasConsent) return { requestForm: null }
  const options = (of: readonly OptionValues[]): readonly FormOption[] => of.map((each) => ({ id: each.id, label: textsOf(each.label, languages) }))
  return {
    requestForm: {
      fields: fields.map((field) => ({
        ...{ id: field.id, kind: field.kind, label: textsOf(field.label, languages), isRequired: field.isRequired },
        ...(field.kind === 'select' && { options: options(field.options) })
      })),
      ...(hasConsent && { consent: { label, ...(url !== '' && { url }) } })
    }
  }
}

/** One more field, whose answers go by a name that no other has. */
export function newField(fields: readonly FieldValues[]): FieldValues {
  const none: readonly OptionValues[] = []
  const first = newOption(none)
  return { id: unusedId('field', fields), kind: 'text', label: new Map(), isRequired: false, options: [first, newOption([first])] }
}

/** One more answer of a choice. */
export function newOption(options: readonly OptionValues[]): OptionValues {
  return { id: unusedId('option', options), label: new Map() }
}

/** The list with one of it moved by a place, or as it is where it would leave it. */
export function moved<T>(list: readonly T[], index: number, by: 1 | -1): readonly T[] {
  const other = list[index + by]
  const one = list[index]
  if (one === undefined || other === undefined) return list
  return list.map((each, place) => (place === index ? other : place === index + by ? one : each))
}

function unusedId(word: string, rows: readonly { readonly id: string }[]): string {
  let number = rows.length + 1
  while (rows.some(({ id }) => id === `${word}-${number}`)) number += 1
  return `${word}-${number}`
}
