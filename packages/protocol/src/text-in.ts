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
  for (let tag = language; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) if (Object.hasOwn(texts, tag)) return texts[tag] as string
  return texts['en'] ?? Object.values(texts)[0] ?? ''
}
