import { parse, RequestFieldsSchema } from '@porchlight/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFields, isTooLong, packFields } from './request-fields.js'

const good = { email: 'ann@example.com', text: 'Where is my parcel?' }

describe('the request form', () => {
  it('accepts a question with an address or a number', () => {
    expect(checkFields(good)).toEqual({})
    expect(checkFields({ phone: '+48 (22) 123-45-67', text: 'x' })).toEqual({})
  })

  it.each(['a@b.pl', 'ann.o’neil@example.co.uk', 'ann+shop@example.com', 'жанна@пример.рф', ' ann@example.com '])(
    'takes %j for an address',
    (email) => {
      expect(checkFields({ ...good, email })).toEqual({})
    }
  )

  it.each(['ann', 'ann@', '@example.com', 'ann@example', 'ann example@shop.com', 'a@b.c,d@e.f'])('does not take %j for an address', (email) => {
    expect(checkFields({ ...good, email })).toEqual({ email: 'email' })
  })

  it.each(['1234567', '+1 (202) 555-0143', '0049.30.1234567', '22/1234567'])('takes %j for a phone number', (phone) => {
    expect(checkFields({ phone, text: 'x' })).toEqual({})
  })

  it.each(['123456', '1234567890123456', 'call me', '12345+67'])('does not take %j for a phone number', (phone) => {
    expect(checkFields({ phone, text: 'x' })).toEqual({ phone: 'phone' })
  })

  it('says what is missing', () => {
    expect(checkFields({})).toEqual({ text: 'required', email: 'contact' })
    expect(checkFields({ email: '  ', phone: ' ', text: ' \n' })).toEqual({ text: 'required', email: 'contact' })
  })

  it('says what is too long', () => {
    const fields = { name: 'n'.repeat(121), email: `${'e'.repeat(320)}@example.com`, phone: '1'.repeat(41), text: 't'.repeat(8_001) }
    expect(checkFields(fields)).toEqual({ name: 'too_long', email: 'too_long', phone: 'too_long', text: 'too_long' })
  })

  it('takes what is exactly as long as may be', () => {
    const email = `${'e'.repeat(308)}@example.com`
    const fields = { name: 'n'.repeat(120), email, phone: `+1 ${'('.repeat(30)}1234567`, text: '😀'.repeat(8_000) }
    expect([email.length, fields.phone.length]).toEqual([320, 40])
    expect(checkFields(fields)).toEqual({})
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

  it('lets nothing through that the server would refuse', () => {
    const words = fc.oneof(fc.string({ maxLength: 30 }), fc.emailAddress(), fc.constantFrom('', ' ', '+48 22 123 45 67', 'ann@example.com '))
    const forms = fc.record({ name: words, email: words, phone: words, text: words }, { requiredKeys: [] })
    fc.assert(
      fc.property(forms, (form) => {
        if (Object.keys(checkFields(form)).length > 0) return
        expect(() => parse(RequestFieldsSchema, packFields(form))).not.toThrow()
      }),
      { numRuns: 1_000 }
    )
  })
})
