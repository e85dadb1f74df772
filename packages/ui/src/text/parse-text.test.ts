import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanName, cleanText } from './clean-text.js'
import { parseText } from './parse-text.js'

const links = (text: string) => parseText(text).filter(({ href }) => href !== undefined)

describe('links', () => {
  test.each([
    ['https://example.com', 'https://example.com/'],
    ['http://example.com/a?b=c#d', 'http://example.com/a?b=c#d'],
    ['HTTPS://EXAMPLE.COM/Path', 'https://example.com/Path'],
    ['www.example.com/x', 'https://www.example.com/x'],
    ['mailto:ann@example.com', 'mailto:ann@example.com'],
    ['ann@example.com', 'mailto:ann@example.com'],
    ['tel:+48123456789', 'tel:+48123456789'],
    ['https://example.com/a_(b)', 'https://example.com/a_(b)']
  ])('%s leads to %s', (text, href) => {
    expect(parseText(text)).toEqual([{ text, href }])
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//https://example.com',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    'https://shop.example@evil.example/',
    'https://user:secret@example.com',
    'https://',
    'https://exa\u0000mple.com',
    'http://[::1',
    '//example.com',
    `https://example.com/${'a'.repeat(2_048)}`,
    'ann@@example.com',
    'ann@example'
  ])('%s stays text', (text) => {
    expect(parseText(text)).toEqual([{ text }])
  })

  test('punctuation around an address stays outside', () => {
    expect(parseText('(see https://example.com/a, or «www.example.org»!)')).toEqual([
      { text: '(see ' },
      { text: 'https://example.com/a', href: 'https://example.com/a' },
      { text: ', or «' },
      { text: 'www.example.org', href: 'https://www.example.org/' },
      { text: '»!)' }
    ])
  })

  test('an address whose host is not what it seems shows its host', () => {
    expect(links('https://аpple.com')).toEqual([{ text: 'https://аpple.com', href: 'https://xn--pple-43d.com/', host: 'xn--pple-43d.com' }])
    expect(links('http://0x7f.1/')[0]?.host).toBe('127.0.0.1')
  })
})

describe('for any text', () => {
  const word = fc.oneof(fc.string(), fc.webUrl(), fc.emailAddress(), fc.constantFrom(' ', '\n', '(', ').', 'www.', 'https://', '@', '\u202e'))
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(''))

  test('nothing is lost and nothing is added', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(
          parseText(given)
            .map((part) => part.text)
            .join('')
        ).toBe(given)
      })
    )
  })

  test('only schemes that may be followed become links, without user names', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const { href } of links(given)) {
          const url = new URL(href!)
          expect(['https:', 'http:', 'mailto:', 'tel:']).toContain(url.protocol)
          expect(url.username + url.password).toBe('')
        }
      })
    )
  })
})

test.each(['a@', '(', 'https://(', ').', 'a.b@', 'www.', '\u0301', 'a '])('100,000 characters of %j take less than 200 ms', (unit) => {
  const long = unit.repeat(100_000 / unit.length)
  const start = performance.now()
  parseText(cleanText(long))
  expect(performance.now() - start).toBeLessThan(200)
})

test('a name keeps its letters and loses what reorders or hides text', () => {
  expect(cleanName('photo\u202egnp.exe\u200b')).toBe('photognp.exe')
  expect(cleanName('👩‍💻 می‌خواهم')).toBe('👩‍💻 می‌خواهم')
})

test('at most eight marks stand on one letter', () => {
  expect(cleanText(`e${'\u0301'.repeat(40)}x`)).toBe(`e${'\u0301'.repeat(8)}x`)
})
