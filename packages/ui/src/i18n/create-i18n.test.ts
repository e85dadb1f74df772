import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createI18n } from './create-i18n.js'

const catalogue = {
  plain: 'Send',
  named: 'Message from {name}',
  limit: 'Character limit: {n}',
  plural: { one: '{n} новое сообщение', few: '{n} новых сообщения', many: '{n} новых сообщений', other: '{n} нового сообщения' }
}

describe('texts', () => {
  const i18n = createI18n({ locale: 'ru', catalogue, fallback: { plain: 'x', missing: 'From English' } })

  test('a key gives its text, a missing one that of the fallback, an unknown one itself', () => {
    expect(i18n.text('plain')).toBe('Send')
    expect(i18n.text('missing')).toBe('From English')
    expect(i18n.text('nowhere')).toBe('nowhere')
  })

  test.each([
    [1, '1 новое сообщение'],
    [3, '3 новых сообщения'],
    [11, '11 новых сообщений'],
    [21, '21 новое сообщение'],
    [1.5, '1,5 нового сообщения']
  ])('%d takes its plural form', (n, expected) => {
    expect(i18n.text('plural', { n })).toBe(expected)
  })

  test('numbers are written as the language writes them', () => {
    expect(createI18n({ locale: 'de', catalogue }).text('limit', { n: 8000 })).toBe('Character limit: 8.000')
    expect(createI18n({ locale: 'ar', catalogue }).text('limit', { n: 12 })).toContain('12')
  })

  test('a placeholder of that name inside a value stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (name) => {
        expect(i18n.text('named', { name })).toBe(`Message from ${name}`)
      })
    )
    expect(i18n.text('named', { name: '{name} $& $1' })).toBe('Message from {name} $& $1')
  })

  test('a value that runs the other way is isolated', () => {
    expect(i18n.text('named', { name: 'دانا' })).toBe('Message from \u2068دانا\u2069')
    expect(createI18n({ locale: 'ar', catalogue }).text('named', { name: 'Ann' })).toBe('Message from \u2068Ann\u2069')
  })

  test('a locale nobody knows counts as English', () => {
    expect(createI18n({ locale: 'not a locale', catalogue }).locale).toBe('en-u-nu-latn')
  })

  test.each([
    ['ar-EG', 'rtl'],
    ['he', 'rtl'],
    ['fa-u-nu-latn', 'rtl'],
    ['pl', 'ltr']
  ])('%s runs %s', (locale, direction) => {
    expect(createI18n({ locale, catalogue: {} }).direction).toBe(direction)
  })
})

describe('moments, in the zone of the visitor', () => {
  const zone = process.env['TZ']
  const { day, moment, time } = createI18n({ locale: 'en-GB', catalogue: {} })
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

  beforeEach(() => {
    process.env['TZ'] = 'Europe/Warsaw'
  })
  afterEach(() => {
    process.env['TZ'] = zone
  })

  test('days have names near today and dates beyond', () => {
    const now = new Date(2026, 10, 22, 0, 5).getTime()
    expect(day(now, now)).toBe('today')
    expect(day(now - 10 * 60_000, now)).toBe('yesterday')
    expect(plain(day(new Date(2026, 10, 20, 9).getTime(), now))).toMatch(/^Friday,? 20 November$/)
    expect(plain(day(new Date(2025, 10, 20, 9).getTime(), now))).toMatch(/^Thursday,? 20 November 2025$/)
  })

  test('a day of 23 hours is still one day', () => {
    const afterTheChange = new Date(2026, 2, 30, 0, 30).getTime()
    expect(day(new Date(2026, 2, 29, 0, 10).getTime(), afterTheChange)).toBe('yesterday')
  })

  test('a moment to come names its zone, and its day when that is not today', () => {
    const now = new Date(2026, 10, 22, 20).getTime()
    expect(moment(new Date(2026, 10, 22, 21).getTime(), now)).toBe('21:00 CET')
    expect(plain(moment(new Date(2026, 10, 23, 9).getTime(), now))).toMatch(/^Monday,? (at )?0?9:00 CET$/)
    expect(plain(moment(new Date(2026, 11, 24, 9).getTime(), now))).toMatch(/^24 December(,| at) 0?9:00 CET$/)
  })

  test('the same moment is another hour elsewhere', () => {
    const at = Date.UTC(2026, 10, 23, 8)
    expect(time(at)).toMatch(/^0?9:00$/)
    process.env['TZ'] = 'Asia/Kolkata'
    expect(createI18n({ locale: 'en-GB', catalogue: {} }).time(at)).toBe('13:30')
  })
})
