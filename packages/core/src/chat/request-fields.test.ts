import { parse, type RequestFields, RequestFieldsSchema } from '@porchlight/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFields, isTooLong, type Problems, packFields } from './request-fields.js'

const problemsOf = (form: Partial<RequestFields>): Problems => checkFields(packFields(form))

const good = { email: 'ann@example.com', text: 'Where is my parcel?' }

describe('the request form', () => {
  it('accepts a question with an address or a number', () => {
    expect(problemsOf(good)).toEqual({})
    expect(problemsOf({ phone: '+48 (22) 123-45-67', text: 'x' })).toEqual({})
  })

  it.each(['a@b.pl', 'ann.o’neil@example.co.uk', 'ann+shop@example.com', 'жанна@пример.рф', ' ann@example.com '])(
    'takes %j for an address',
    (email) => {
      expect(problemsOf({ ...good, email })).toEqual({})
    }
  )

  it.each(['ann', 'ann@', '@example.com', 'ann@example', 'ann example@shop.com', 'a@b.c,d@e.f'])('does not take %j for an address', (email) => {
    expect(problemsOf({ ...good, email })).toEqual({ email: 'email' })
  })

  it.each(['1234567', '+1 (202) 555-0143', '0049.30.1234567', '22/1234567'])('takes %j for a phone number', (phone) => {
    expect(problemsOf({ phone, text: 'x' })).toEqual({})
  })

  it.each(['123456', '1234567890123456', 'call me', '12345+67'])('does not take %j for a phone number', (phone) => {
    expect(problemsOf({ phone, text: 'x' })).toEqual({ phone: 'phone' })
  })

  it('says what is missing', () => {
    expect(problemsOf({})).toEqual({ text: 'required', email: 'contact' })
    expect(problemsOf({ email: '  ', phone: ' ', text: ' \n' })).toEqual({ text: 'required', email: 'contact' })
  })

  it('says what is too long', () => {
    const fields = { name: 'n'.repeat(121), email: `${'e'.repeat(320)}@example.com`, phone: '1'.repeat(41), text: 't'.repeat(8_001) }
    expect(problemsOf(fields)).toEqual({ name: 'too_long', email: 'too_long', phone: 'too_long', text: 'too_long' })
  })

  it('takes what is exactly as long as may be', () => {
    const email = `${'e'.repeat(308)}@example.com`
    const fields = { name: 'n'.repeat(120), email, phone: `+1 ${'('.repeat(30)}1234567`, text: '😀'.repeat(8_000) }
    expect([email.length, fields.phone.length]).toEqual([320, 40])
    expect(problemsOf(fields)).toEqual({})
  })

  it('counts people’s characters, not halves of them, and bytes besides', () => {
    expect(isTooLong('😀'.repeat(8_001))).toBe(true)
    expect(isTooLong('😀'.repeat(8_000))).toBe(false)
    expect(isTooLong('x'.repeat(8_001))).toBe(true)
  })

  it('leaves the question as typed, takes the spaces around contacts away, and leaves out what is empty', () => {
    expect(packFields({ name: '  ', email: ' ann@example.com ', phone: '', text: '  hello \n' })).toEqual({
      email: 'ann@example.com',
      text: '  hello \n'
    })
  })

  it('puts contacts into one line, and takes out what is in no text', () => {
    expect(packFields({ name: 'Ann\n\tLee\0', phone: '22\u2028123', text: 'a\0b\ud800c\r\n😀' })).toEqual({
      name: 'Ann  Lee',
      phone: '22 123',
      text: 'a\ufffdb\ufffdc\r\n😀'
    })
  })

  it('leaves out what is no field, and what is no text', () => {
    const odd = { name: 5, email: null, phone: {}, text: ['x'], __proto__: { name: 'x' }, admin: true } as unknown as Partial<RequestFields>
    expect(packFields(odd)).toEqual({ text: '' })
    expect(packFields(null as never)).toEqual({ text: '' })
  })

  it('lets nothing through that the server would refuse', () => {
    const words = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((codes) => String.fromCharCode(...codes)),
      fc.emailAddress(),
      fc.constantFrom('', ' ', '+48 22 123 45 67', 'ann@example.com ', 'a\0@example.com', 'ann@example.com\n', '22\t123 45 67')
    )
    const forms = fc.record({ name: words, email: words, phone: words, text: words }, { requiredKeys: [] })
    fc.assert(
      fc.property(forms, (form) => {
        if (Object.keys(problemsOf(form)).length > 0) return
        expect(() => parse(RequestFieldsSchema, packFields(form))).not.toThrow()
      }),
      { numRuns: 1_000 }
    )
  })
})
