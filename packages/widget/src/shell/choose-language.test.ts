import { afterEach, describe, expect, test, vi } from 'vitest'
import { chooseLanguage } from './choose-language.js'

afterEach(() => {
  document.documentElement.lang = ''
  vi.restoreAllMocks()
})

function setBrowser(...languages: string[]): void {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
}

describe('the language', () => {
  test('is what the site chose, whatever the region', () => {
    document.documentElement.lang = 'pl'
    expect(chooseLanguage('ru-KZ')).toBe('ru')
  })

  test('is the page’s where the site chose none', () => {
    document.documentElement.lang = 'pl-PL'
    setBrowser('ru')
    expect(chooseLanguage(undefined)).toBe('pl')
  })

  test('is the first of the browser’s that is shipped where the page’s is not', () => {
    document.documentElement.lang = 'fi'
    setBrowser('sv', 'ru-RU', 'pl')
    expect(chooseLanguage(undefined)).toBe('ru')
  })

  test('is English where none is shipped', () => {
    document.documentElement.lang = 'fi'
    setBrowser('sv')
    expect(chooseLanguage('xx')).toBe('en')
  })
})
