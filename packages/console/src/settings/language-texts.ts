import type { Texts } from '@porchlight/protocol'

/** One text as somebody types it, by language; a language without a text may be there or not. */
export type LanguageTexts = ReadonlyMap<string, string>

/** Languages that each text is offered in. */
const commonLanguages: readonly string[] = ['en', 'ru', 'pl']

/** The languages to offer: the common ones, and those that some text is in. */
export function languagesOf(texts: readonly Texts[]): readonly string[] {
  return [...new Set([...commonLanguages, ...texts.flatMap(Object.keys)])]
}

/** A text as it is kept, to be changed. */
export function textsIn(texts: Texts = {}): LanguageTexts {
  return new Map(Object.entries(texts))
}

/** What the server is told: nothing of languages that say nothing. Always in the order of `languages`. */
export function textsOf(texts: LanguageTexts, languages: readonly string[]): Texts {
  return Object.fromEntries(languages.map((language) => [language, texts.get(language) ?? '']).filter(([, text]) => text?.trim()))
}

/** With what somebody typed in a language. */
export function withText(texts: LanguageTexts, language: string, text: string): LanguageTexts {
  return new Map([...texts, [language, text]])
}

/** What a language is called in the language of the page; itself, where the browser does not know it. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
