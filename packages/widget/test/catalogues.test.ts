import { expect, test } from 'vitest'
import en from '../locales/en.json'
import pl from '../locales/pl.json'
import ru from '../locales/ru.json'
import shellEn from '../locales/shell/en.json'
import shellPl from '../locales/shell/pl.json'
import shellRu from '../locales/shell/ru.json'

type Catalogue = Readonly<Record<string, string | Readonly<Record<string, string>>>>

const english = { ...shellEn, ...en }
const catalogues: Readonly<Record<string, Catalogue>> = { en: english, pl: { ...shellPl, ...pl }, ru: { ...shellRu, ...ru } }
const languages = Object.keys(catalogues)
const formsOf = (entry: string | Readonly<Record<string, string>>) => (typeof entry === 'string' ? [entry] : Object.values(entry))
const placeholdersOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

test.each(languages)('%s has every key of English, in the same order, and no other', (language) => {
  expect(Object.keys(catalogues[language]!)).toEqual(Object.keys(english))
})

test.each(languages)('%s has the placeholders of English in every form', (language) => {
  for (const [key, entry] of Object.entries(catalogues[language]!)) {
    const expected = placeholdersOf(formsOf((english as Catalogue)[key]!)[0]!)
    for (const form of formsOf(entry)) expect([key, placeholdersOf(form)]).toEqual([key, expected])
  }
})

test.each(languages)('%s has exactly the plural forms that its numbers take', (language) => {
  const rules = new Intl.PluralRules(language)
  const categories = new Set([...Array.from({ length: 201 }, (_, n) => n), 1.5].map((n) => rules.select(n)))
  for (const [key, entry] of Object.entries(catalogues[language]!)) {
    expect([key, typeof entry]).toEqual([key, typeof (english as Catalogue)[key]])
    if (typeof entry !== 'string') expect([key, Object.keys(entry).sort()]).toEqual([key, [...categories].sort()])
  }
})

test.each(languages)('%s speaks calmly: no exclamation marks, nothing empty, no space at an end', (language) => {
  for (const form of Object.values(catalogues[language]!).flatMap(formsOf)) {
    expect(form).not.toContain('!')
    expect(form.trim()).toBe(form)
    expect(form).not.toBe('')
  }
})

test('the names that people and their software know are these', () => {
  expect(english).toMatchObject({
    'launcher.label': 'Chat with us',
    'panel.title': 'Customer support',
    'composer.label': 'Message',
    'composer.send': 'Send',
    'panel.close': 'Close chat',
    'form.title': 'Leave a request',
    'form.name': 'Name',
    'form.email': 'Email',
    'form.phone': 'Phone',
    'form.question': 'Your question',
    'form.submit': 'Send request',
    'done.title': 'Request received',
    'done.ref': 'Reference number: {ref}'
  })
})
