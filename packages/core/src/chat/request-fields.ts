import {
  checkAnswers,
  type FormAnswers,
  isBlankText,
  isEmailText,
  isPhoneText,
  limits,
  type RequestFields,
  type RequestForm
} from '@porchlight/protocol'

/** What is wrong with a form, by field. */
export type Problems = Readonly<Record<string, string>>

/** The fields of a form that there are; whatever else a page hands over is left out. */
export function knownFields(fields: Partial<RequestFields>): Partial<RequestFields> {
  const types = {
    name: 'string',
    email: 'string',
    phone: 'string',
    text: 'string',
    custom: 'object',
    consent: typeof fields?.consent === 'string' ? 'string' : 'boolean'
  }
  return Object.fromEntries(
    Object.entries(fields ?? {}).filter(([name, value]) => value !== null && typeof value === types[name as keyof typeof types])
  )
}

/** The form as it goes out: contacts and answers in one line each, without spaces around them; empty ones left out; the question as typed. */
export function packFields(fields: Partial<RequestFields>): RequestFields {
  const { text = '', custom = {}, consent, ...contact } = knownFields(fields)
  const answers = filled(custom)
  return {
    ...filled(contact),
    ...(Object.keys(answers).length > 0 ? { custom: answers } : {}),
    ...(consent ? { consent } : {}),
    text: plainText(text)
  }
}

function filled(values: FormAnswers): FormAnswers {
  const lines = Object.entries(values).map(([field, value]) => [
    field,
    typeof value === 'string' ? value.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' ').trim() : value === true
  ])
  return Object.fromEntries(lines.filter(([, value]) => value))
}

/** Checks a packed form as permissively as the server does: a question, an address or a number to answer to, and what the site asks for. */
export function checkFields({ name = '', email, phone, text, ...answers }: RequestFields, form?: RequestForm): Problems {
  const problems: Record<string, string> = { ...checkAnswers(form, answers) }
  if (isBlankText(text)) problems['text'] = 'required'
  else if (isTooLong(text)) problems['text'] = 'too_long'
  if (!email && !phone) problems['email'] = 'contact'
  if (email && email.length > limits.emailMaxChars) problems['email'] = 'too_long'
  else if (email && !isEmailText(email)) problems['email'] = 'email'
  if (phone && phone.length > limits.phoneMaxChars) problems['phone'] = 'too_long'
  else if (phone && !isPhoneText(phone)) problems['phone'] = 'phone'
  if (name.length > limits.nameMaxChars) problems['name'] = 'too_long'
  return problems
}

/** A text as every backend can keep it: halves of characters and NUL, which are in no text, become U+FFFD. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cs}\0]/gu, '\ufffd')
}

/** Whether a text is beyond what one message or request may hold. */
export function isTooLong(text: string): boolean {
  return [...text].length > limits.textMaxCodePoints || new TextEncoder().encode(text).length > limits.textMaxBytes
}
