import type { Texts } from './texts.js'

/**
 * The text in the language that comes nearest: the very one, the same without its region, English, else the first.
 *
 * @example
 * ```ts
 * import { textIn } from '@porchlight/protocol'
 *
 * console.log(textIn({ en: 'Order number', pl: 'Numer zamówienia' }, 'pl-PL'))   // Numer zamówienia
 * ```
 */
export function textIn(texts: Texts, language = ''): string {
  const near = [language, language.replace(/-.*/, ''), 'en', ...Object.keys(texts)].find((each) => Object.hasOwn(texts, each))
  return near === undefined ? '' : (texts[near] as string)
}
