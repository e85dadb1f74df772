import { isEmailText, isPhoneText, limits, type RequestFields } from '@porchlight/protocol'

/** What is wrong with a form, by field. */
export type Problems = Readonly<Record<string, string>>

/**
 * Checks a form as permissively as the server does: a question, and an address or a number to answer to. Nothing is trimmed or
 * changed; fields that hold only spaces count as empty.
 */
export function checkFields(fields: Partial<RequestFields>): Problems {
  const problems: Record<string, string> = {}
  const email = filled(fields.email)
  const phone = filled(fields.phone)
  const text = filled(fields.text)
  if (!text) problems['text'] = 'required'
  else if (isTooLong(text)) problems['text'] = 'too_long'
  if (!email && !phone) problems['email'] = 'contact'
  if (email && email.length > limits.emailMaxChars) problems['email'] = 'too_long'
  else if (email && !isEmailText(email)) problems['email'] = 'email'
  if (phone && phone.length > limits.phoneMaxChars) problems['phone'] = 'too_long'
  else if (phone && !isPhoneText(phone)) problems['phone'] = 'phone'
  if ((fields.name?.length ?? 0) > limits.nameMaxChars) problems['name'] = 'too_long'
  return problems
}

/** The form as it goes out: without fields that are empty. Call it on a form without problems. */
export function packFields({ name, email, phone, text = '' }: Partial<RequestFields>): RequestFields {
  return {
    ...(filled(name) ? { name: name as string } : {}),
    ...(filled(email) ? { email: email as string } : {}),
    ...(filled(phone) ? { phone: phone as string } : {}),
    text
  }
}

/** Whether a text is beyond what one message or request may hold. */
export function isTooLong(text: string): boolean {
  return [...text].length > limits.textMaxCodePoints || new TextEncoder().encode(text).length > limits.textMaxBytes
}

function filled(text: string | undefined): string | undefined {
  return text?.trim() ? text : undefined
}
