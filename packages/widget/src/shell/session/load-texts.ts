import type { Catalogue, LoadChunk } from '../shell.types.js'
import { localeOf, type RawOptions } from './read-options.js'

/** A locale and its catalogue. */
export interface Texts {
  readonly locale: string
  readonly catalogue: Catalogue
}

/** The texts of the language in use. English comes with the panel, and stands in for a language that does not load. */
export async function loadTexts(load: LoadChunk, raw: RawOptions, english: Promise<Catalogue>): Promise<Texts> {
  const { language, locale } = localeOf(raw)
  if (language === 'en') return { locale, catalogue: await english }
  try {
    return { locale, catalogue: (await load(language)).catalogue }
  } catch {
    return { locale: 'en', catalogue: await english }
  }
}
