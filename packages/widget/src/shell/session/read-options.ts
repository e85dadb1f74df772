import type { PanelOptions } from '../../panel/panel.types.js'
import { chooseLanguage } from '../choose-language.js'
import type { Catalogue } from '../shell.types.js'

/** Options as they stand on an element, all of them texts. */
export type RawOptions = Readonly<Record<string, string | undefined>>

/**
 * What the panel needs to know of the options. A value that is none of the possible ones counts as the default. The side is the page's,
 * and the panel's are those of a language that runs to the right.
 */
export function panelOptions(raw: RawOptions, texts: { readonly locale: string; readonly catalogue: Catalogue }): PanelOptions {
  const { scheme, position, color = '' } = raw
  const isRtl = getComputedStyle(document.documentElement).direction === 'rtl'
  return {
    ...texts,
    color,
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : 'auto',
    position: (position === 'start') === isRtl ? 'end' : 'start'
  }
}

/** Whether anything may happen at all: with `privacy` off, nothing before consent. */
export function mayRun({ privacy, consent }: RawOptions): boolean {
  return privacy !== 'off' || consent === 'true'
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

/** Writes options as such attributes. What is undefined is taken away, and with it the option is its default. */
export function writeAttributes(element: Element, options: object): void {
  for (const [option, value] of Object.entries(options)) {
    const name = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    if (value == null) element.removeAttribute(name)
    else element.setAttribute(name, `${value}`)
  }
}
