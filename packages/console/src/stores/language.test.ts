import { expect, it } from 'vitest'
import { formatUnit, wholeUnits } from './duration.js'
import { chooseLocale, loadLanguage } from './language.js'

it.each([
  [['pl-PL', 'en'], 'pl-PL'],
  [['de', 'ru-RU', 'en'], 'ru-RU'],
  [['de', 'fr'], 'en'],
  [[], 'en'],
  [['EN-us'], 'EN-us']
])('of %j chooses %s', (languages, expected) => {
  expect(chooseLocale(languages)).toBe(expected)
})

it.each([
  ['en-GB', 'Sign in'],
  ['ru', 'Войти'],
  ['pl-PL', 'Zaloguj się'],
  ['de', 'Sign in']
])('in %s the door says %s', async (locale, expected) => {
  expect((await loadLanguage(locale)).text('signIn.submit')).toBe(expected)
})

it('rounds a wait down to one unit', () => {
  const minute = 60_000
  expect([59_999, minute, 59.9 * minute, 60 * minute, 23.9 * 60 * minute, 24 * 60 * minute].map(wholeUnits)).toEqual([
    null,
    { count: 1, unit: 'minute' },
    { count: 59, unit: 'minute' },
    { count: 1, unit: 'hour' },
    { count: 23, unit: 'hour' },
    { count: 1, unit: 'day' }
  ])
  expect(formatUnit('ru', 5, 'minute')).toBe('5 мин')
})
