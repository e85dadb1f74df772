import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMailAddress } from './mail-address.js'

describe('an address for mail', () => {
  it.each([
    'ann@example.com',
    'ann.lee+shop@mail.example.co.uk',
    "o'hara@example.com",
    'józef@przykład.pl',
    'ann@xn--przykad-rjb.pl',
    'a%b@example.com'
  ])('is %s', (text) => {
    expect(isMailAddress(text)).toBe(true)
  })

  it.each([
    ['no domain', 'ann'],
    ['no dot in the domain', 'ann@localhost'],
    ['an empty domain', 'ann@.com'],
    ['nobody', '@example.com'],
    ['two with a comma', 'ann@example.com,bob@example.com'],
    ['two with a semicolon', 'ann@example.com;bob@example.com'],
    ['two at signs', 'ann@example.com@evil.example'],
    ['a name', 'Ann <ann@example.com>'],
    ['a quoted part', '"ann@evil.example x"@example.com'],
    ['a comment', 'ann(bob)@example.com'],
    ['a group', 'friends:ann@example.com'],
    ['a literal', 'ann@[127.0.0.1].com'],
    ['a backslash', 'ann\\@example.com'],
    ['CR LF', 'ann@example.com\r\nBcc: eve@evil.example'],
    ['a bare LF', 'ann@example.com\nbcc:eve@evil.example'],
    ['NUL', 'ann\0@example.com'],
    ['NEL', 'ann\u0085@example.com'],
    ['a line separator', 'ann\u2028@example.com'],
    ['a paragraph separator', 'ann\u2029@example.com'],
    ['a direction override', 'ann\u202e@example.com'],
    ['a no-break space', 'ann\u00a0x@example.com'],
    ['more than 320 characters', `${'a'.repeat(320)}@example.com`]
  ])('is none with %s', (_, text) => {
    expect(isMailAddress(text)).toBe(false)
  })

  it('holds nothing that ends a line, parts a list or begins something else, whatever is around it', () => {
    const bad = fc.constantFrom(...'\r\n\0\t ,;:<>()[]"\\@\u0085\u2028\u2029\u200b')
    fc.assert(
      fc.property(bad, fc.nat({ max: 15 }), (character, at) => {
        const fine = 'ann@example.com'
        expect(isMailAddress(fine.slice(0, at) + character + fine.slice(at))).toBe(false)
      })
    )
  })
})
