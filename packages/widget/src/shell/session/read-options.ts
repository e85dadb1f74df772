import type { PanelOptions } from '../../panel/panel.types.js'
import { chooseLanguage } from '../choose-language.js'
import type { Catalogue } from '../shell.types.js'

/** Options as they stand on an element, all of them texts. */
export type RawOptions = Readonly<Record<string, string | undefined>>

/** What the panel needs to know of the options. A value that is none of the possible ones counts as the default. */
export function panelOptions(raw: RawOptions, texts: { readonly locale: string; readonly catalogue: Catalogue }): PanelOptions {
  const { scheme, position, color = '' } = raw
  return {
    ...texts,
    color,
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : 'auto',
    position: position === 'start' ? 'start' : 'end'
  }
}

/** The language in use, and the locale that asked for it: numbers and dates follow the locale. */
export function localeOf(raw: RawOptions): { readonly language: string; readonly locale: string } {
  const language = chooseLanguage(raw['locale'])
  const wanted = [raw['locale'], document.documentElement.lang, ...navigator.languages]
  return { language, locale: wanted.find((locale) => locale?.split('-')[0] === language) ?? language }
}

/** Attributes of `<porchlight-chat>` in the page, in the names of the options: `fallback-href` is `fallbackHref`. */
export function attributeOptions(element: Element): Record<string, string> {
  return Object.fromEntries(
    [...element.attributes].map(({ name, value }) => [name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), value])
  )
}
