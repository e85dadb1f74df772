import { expect, it } from 'vitest'
import en from '../../locales/en.json'
import pl from '../../locales/pl.json'
import ru from '../../locales/ru.json'

type Entry = string | Readonly<Record<string, string>>
const catalogues: Readonly<Record<string, Readonly<Record<string, Entry>>>> = { en, pl, ru }
const translations = Object.entries(catalogues).filter(([locale]) => locale !== 'en')

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string).sort()
}

function formsOf(entry: Entry): readonly string[] {
  return typeof entry === 'string' ? [entry] : Object.values(entry)
}

it.each(translations)('%s has the keys of English, in its order', (_, catalogue) => {
  expect(Object.keys(catalogue)).toEqual(Object.keys(en))
})

it.each(translations)('%s fills the same placeholders', (_, catalogue) => {
  for (const [key, entry] of Object.entries(catalogue)) {
    const expected = placeholders(formsOf((en as Record<string, Entry>)[key] ?? '')[0] ?? '')
    for (const form of formsOf(entry)) expect([key, placeholders(form)]).toEqual([key, expected])
  }
})

it.each(Object.entries(catalogues))('%s has every plural form that its language asks for, and no other', (locale, catalogue) => {
  const categories = [...new Intl.PluralRules(locale).resolvedOptions().pluralCategories].sort()
  for (const [key, entry] of Object.entries(catalogue)) {
    if (typeof entry !== 'string') expect([key, Object.keys(entry).sort()]).toEqual([key, categories])
  }
})

it.each(Object.entries(catalogues))('%s asks for nothing with an exclamation mark', (_, catalogue) => {
  expect(
    Object.values(catalogue)
      .flatMap(formsOf)
      .filter((text) => text.includes('!'))
  ).toEqual([])
})
