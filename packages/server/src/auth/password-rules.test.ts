import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passwordProblem } from './password-rules.js'

const owner = { email: 'olive@lanternloom.example' }

describe('a password', () => {
  it.each(['a quiet porch light', 'correct horse battery', 'kettle-orbit-mural', 'Xk2#vw9!pQzL', 'wieczorna zorza polarna', 'ppppfjorduhgw82'])(
    'of 12 or more unusual characters may be set: %s',
    (password) => expect(passwordProblem(password, owner)).toBeNull()
  )

  it.each([
    'password1234',
    'Password123!',
    'P@ssw0rd1234',
    'passwordpassword',
    'Welcome2024!!',
    'letmeinletmein',
    'adminadmin123',
    'qwertyuiop12',
    '123456789012',
    'abcdefghijkl',
    '1qaz2wsx3edc',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'correcthorsebatterystaple',
    'olive2024!!!!',
    'lanternloom2024',
    'iloveyou12345'
  ])('among the commonest is refused: %s', (password) => expect(passwordProblem(password, owner)).not.toBeNull())

  it('of 11 or of 129 characters is refused, one of 128 is not', () => {
    expect(passwordProblem('kettle-orb1', owner)).toBe('must have 12 to 128 characters')
    const long = Array.from({ length: 128 }, (_, index) => String.fromCharCode(97 + ((index * 7) % 26))).join('')
    expect(passwordProblem(long, owner)).toBeNull()
    expect(passwordProblem(`${long}x`, owner)).not.toBeNull()
  })

  it('is never part of the answer', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 5, maxLength: 140 }), (password) => {
        expect(passwordProblem(password, owner) ?? '').not.toContain(password)
      })
    )
  })

  it('is judged in time that does not explode with its length', () => {
    const hard = `${'the'.repeat(42)}!`
    const start = performance.now()
    passwordProblem(hard, owner)
    expect(performance.now() - start).toBeLessThan(100)
  })
})
