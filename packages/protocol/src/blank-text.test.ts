import { expect, it } from 'vitest'
import { isBlankText } from './blank-text.js'
import { parse } from './parse.js'
import { typedText } from './schema.js'

it.each(['', ' \n', '\u200b', '\u0001\u0007', '\u2060\ufeff\u00ad', '\u200d\ufe0f', '\u3164', '\u{e0041}', '\u2800 \u200e'])(
  '%j shows nothing, and is no text',
  (text) => {
    expect(isBlankText(text)).toBe(true)
    expect(() => parse(typedText, text)).toThrow('is empty')
  }
)

it.each(['.', '\u200ba', '👨\u200d👩\u200d👧', '❤\ufe0f', '🇵🇱', 'می\u200cخواهم', '\ue000', '\u{1fae9}'])('%j shows something', (text) => {
  expect(isBlankText(text)).toBe(false)
  expect(parse(typedText, text)).toBe(text)
})
