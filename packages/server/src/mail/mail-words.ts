import en from '../../locales/en.json'
import pl from '../../locales/pl.json'
import ru from '../../locales/ru.json'

/** A sentence of a mail. */
export type MailKey = Extract<keyof typeof en, `mail.${string}`>

const catalogues: Readonly<Record<string, Readonly<Record<MailKey, string>>>> = { en, pl, ru }

/** Reads sentences in a language (BCP 47), or in English. */
export function mailWords(language: string | null): (key: MailKey, values?: Readonly<Record<string, string>>) => string {
  const [base = ''] = (language ?? '').toLowerCase().split('-')
  const catalogue = (Object.hasOwn(catalogues, base) ? catalogues[base] : undefined) ?? en
  // One pass: what a value holds is never read as a place for another one.
  return (key, values = {}) => catalogue[key].replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}
