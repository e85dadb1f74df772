import { afterEach, describe, expect, test } from 'vitest'
import { attributeOptions, localeOf, panelOptions } from './read-options.js'

afterEach(() => {
  document.documentElement.lang = ''
})

describe('options', () => {
  test('that are none of the possible ones count as the default', () => {
    const texts = { locale: 'en', catalogue: {} }
    expect(panelOptions({ scheme: 'sepia', position: 'top' }, texts)).toEqual({ ...texts, scheme: 'auto', position: 'end', color: '' })
    expect(panelOptions({ scheme: 'dark', position: 'start', color: '#fff' }, texts)).toMatchObject({
      scheme: 'dark',
      position: 'start',
      color: '#fff'
    })
  })

  test('of an element are its attributes, by the names of the options', () => {
    const element = document.createElement('porchlight-chat')
    element.setAttribute('site', 'shop')
    element.setAttribute('fallback-href', '/help')
    expect(attributeOptions(element)).toEqual({ site: 'shop', fallbackHref: '/help' })
  })

  test('the locale keeps the region that chose the language', () => {
    document.documentElement.lang = 'en-IN'
    expect(localeOf({})).toEqual({ language: 'en', locale: 'en-IN' })
    expect(localeOf({ locale: 'ru-KZ' })).toEqual({ language: 'ru', locale: 'ru-KZ' })
  })
})
