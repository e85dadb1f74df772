import en from '../../locales/en.json'
import pl from '../../locales/pl.json'
import ru from '../../locales/ru.json'
import type { KnownAvailability } from './availability.types.js'

type StatusKey = keyof typeof en

/** A language that the status is told in. */
export type StatusLanguage = 'en' | 'pl' | 'ru'

const catalogues: Readonly<Record<StatusLanguage, Readonly<Record<StatusKey, string>>>> = { en, pl, ru }

/** The language that is spoken to whoever asks for one (BCP 47): it, or English. */
export function statusLanguage(asked: string): StatusLanguage {
  const [base = ''] = asked.toLowerCase().split('-')
  return Object.hasOwn(catalogues, base) ? (base as StatusLanguage) : 'en'
}

/** The status in words. */
export function statusText(language: StatusLanguage, { state, reason }: Pick<KnownAvailability, 'state' | 'reason'>): string {
  const isClosed = state === 'offline' && (reason === 'hours' || reason === 'exception')
  const key: StatusKey = isClosed ? 'status.closed' : state === 'offline' ? 'status.away' : (`status.${state}` as const)
  return catalogues[language][key]
}
