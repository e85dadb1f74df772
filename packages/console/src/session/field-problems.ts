import type { FieldProblems } from '../form/field-problem.js'

/** The same rule as the server's: an address by shape only, since only a mail can tell whether it exists. */
const addressShape = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/u

/** OWASP ASVS 5.0, 6.2: at least 12 characters, at most 128, no other rule. */
const passwordLength = { min: 12, max: 128 }

/** What keeps somebody from signing in before the server is asked. */
export function signInProblems(fields: { readonly email: string; readonly password: string }): FieldProblems<'email' | 'password'> {
  return {
    ...(fields.email.trim() === '' && { email: { key: 'field.required' as const } }),
    ...(fields.password === '' && { password: { key: 'field.required' as const } })
  }
}

/** What keeps the first owner from being made. */
export function setupProblems(fields: {
  readonly email: string
  readonly name: string
  readonly password: string
}): FieldProblems<'email' | 'name' | 'password'> {
  const email = fields.email.trim()
  const isLengthRight = fields.password.length >= passwordLength.min && fields.password.length <= passwordLength.max
  return {
    ...(email === '' ? { email: { key: 'field.required' as const } } : !addressShape.test(email) && { email: { key: 'field.email' as const } }),
    ...(fields.name.trim() === '' && { name: { key: 'field.required' as const } }),
    ...(!isLengthRight && { password: { key: 'field.passwordLength' as const } })
  }
}
