import en from '../../locales/en.json'
import pl from '../../locales/pl.json'
import ru from '../../locales/ru.json'
import type { KnownAvailability } from './availability.types.js'

type StatusKey = keyof typeof en

const catalogues: Readonly<Record<string, Readonly<Record<StatusKey, string>>>> = { en, pl, ru }

/** The status in words, in the language asked for (BCP 47) or in English. */
export function statusText(language: string, { state, reason }: Pick<KnownAvailability, 'state' | 'reason'>): string {
  const [base = ''] = language.toLowerCase().split('-')
  const catalogue = Object.hasOwn(catalogues, base) ? catalogues[base] : undefined
  const isClosed = state === 'offline' && (reason === 'hours' || reason === 'exception')
  const key = isClosed ? 'status.closed' : state === 'offline' ? 'status.away' : (`status.${state}` as const)
  return (catalogue ?? en)[key]
}
