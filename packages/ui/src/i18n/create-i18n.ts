import { cleanName } from '../text/clean-text.js'
import { createDates, type Dates } from './dates.js'
import { directionOf, isolate } from './direction.js'

/** The forms of one plural text, by the categories of `Intl.PluralRules`. */
export type PluralForms = Readonly<Record<string, string>>

/** Texts of one language by dotted key: a text with `{name}` placeholders, or the forms of a plural. */
export type Catalogue = Readonly<Record<string, string | PluralForms>>

/** What stands in for a placeholder. Numbers are formatted; texts are taken as foreign and kept from turning their surroundings around. */
export type Values = Readonly<Record<string, string | number>>

/** One language, ready for use. */
export interface I18n<Key extends string = string> extends Dates {
  /** BCP 47 with the numbering system fixed, for every `Intl` call. */
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  /** The text of a key; a plural takes its form from the value `n`. A key nobody translated gives the fallback's text. */
  readonly text: (key: Key, values?: Values) => string
  /** Whole minutes in words. */
  readonly minutes: (count: number) => string
}

/** Options of {@link createI18n}. */
export interface I18nOptions {
  /** BCP 47. One that `Intl` does not know counts as English. */
  readonly locale: string
  readonly catalogue: Catalogue
  /** A complete catalogue for what `catalogue` lacks. */
  readonly fallback?: Catalogue | undefined
}

/**
 * Reads a catalogue in one language.
 *
 * @example
 * ```ts
 * import { createI18n } from '@porchlight/ui'
 *
 * const { text } = createI18n({ locale: 'en', catalogue: { 'history.pill': { one: '{n} new message', other: '{n} new messages' } } })
 * text('history.pill', { n: 2 }) // 2 new messages
 * ```
 */
export function createI18n<Key extends string = string>({ locale, catalogue, fallback = {} }: I18nOptions): I18n<Key> {
  const tag = withLatinDigits(locale)
  const direction = directionOf(tag)
  const number = new Intl.NumberFormat(tag)
  const minute = new Intl.NumberFormat(tag, { style: 'unit', unit: 'minute', unitDisplay: 'long' })
  const rules = new Intl.PluralRules(tag)
  const show = (value: string | number) => (typeof value === 'number' ? number.format(value) : isolate(cleanName(value), direction))
  return {
    ...createDates(tag),
    locale: tag,
    direction,
    text(key, values = {}) {
      const entry = catalogue[key] ?? fallback[key] ?? key
      const template = typeof entry === 'string' ? entry : (entry[rules.select(Number(values['n']))] ?? entry['other'] ?? key)
      return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => (Object.hasOwn(values, name) ? show(values[name]!) : placeholder))
    },
    minutes: (count) => minute.format(count)
  }
}

/** Engines differ in the digits of plain `ar`: WebKit has Arabic-Indic ones, the others Latin ones. */
function withLatinDigits(locale: string): string {
  try {
    return new Intl.Locale(locale, { numberingSystem: 'latn' }).toString()
  } catch {
    return 'en-u-nu-latn'
  }
}
