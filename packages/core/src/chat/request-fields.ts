import { isEmailText, isPhoneText, limits, type RequestFields } from '@porchlight/protocol'

/** What is wrong with a form, by field. */
export type Problems = Readonly<Record<string, string>>

/**
 * Checks a form as permissively as the server does: a question, and an address or a number to answer to. The question is taken as
 * typed; fields that hold only spaces count as empty.
 */
export function checkFields(fields: Partial<RequestFields>): Problems {
  const problems: Record<string, string> = {}
  const email = fields.email?.trim()
  const phone = fields.phone?.trim()
  const text = fields.text?.trim() && fields.text
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

/** The form as it goes out: without empty fields and without spaces around contacts. Call it on a form without problems. */
export function packFields({ text = '', ...contact }: Partial<RequestFields>): RequestFields {
  const filled = Object.entries(contact).flatMap(([field, value]) => (value?.trim() ? [[field, value.trim()]] : []))
  return { ...Object.fromEntries(filled), text }
}

/** Whether a text is beyond what one message or request may hold. */
export function isTooLong(text: string): boolean {
  return [...text].length > limits.textMaxCodePoints || new TextEncoder().encode(text).length > limits.textMaxBytes
}
