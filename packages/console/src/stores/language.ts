import { type Catalogue, createI18n, type I18n } from '@porchlight/ui'
import english from '../../locales/en.json'

/** Every text of the console, by its key in the English catalogue. */
export type MessageKey = keyof typeof english

/** The console's texts in one language. */
export type ConsoleI18n = I18n<MessageKey>

const catalogues: Readonly<Record<string, () => Promise<{ readonly default: Catalogue }>>> = {
  en: async () => ({ default: english }),
  pl: () => import('../../locales/pl.json'),
  ru: () => import('../../locales/ru.json')
}

/** The first language of the list that the console speaks, with its region for dates and numbers; English otherwise. */
export function chooseLocale(languages: readonly string[]): string {
  return languages.find((tag) => Object.hasOwn(catalogues, languageOf(tag))) ?? 'en'
}

/** Texts in the given locale. A catalogue that cannot be loaded leaves English words with the locale's dates. */
export async function loadLanguage(locale: string): Promise<ConsoleI18n> {
  const load = catalogues[languageOf(locale)]
  const catalogue = await load?.().catch(() => undefined)
  return createI18n<MessageKey>({ locale, catalogue: catalogue?.default ?? english, fallback: english })
}

function languageOf(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? ''
}
