import * as v from 'valibot'
import { isEmailText, isPhoneText } from './contact-shapes.js'
import { limits } from './limits.js'
import { line, type Schema, typedText, word } from './schema.js'

/** What a customer leaves when nobody is home. In a form an email or a phone number is there; a text that was converted came without. */
export interface RequestFields {
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly text: string
}

/** Data of each kind of event that version 1 writes, by `k`. */
export interface EventData {
  /** Something a person wrote. */
  readonly text: { readonly text: string }
  /** A request was left. */
  readonly request: { readonly request: string; readonly reference: string; readonly fields: RequestFields }
  /** The text before it became a request, because nobody took chats when it came. */
  readonly converted: { readonly request: string; readonly reference: string }
  /** The conversation ended or began again. Nobody answers in an ended one; who does in a new one, `assigned` says anew. */
  readonly status: { readonly status: 'open' | 'closed' }
  /** Who answers from now on. */
  readonly assigned: { readonly operator: { readonly id: string; readonly name: string } | null }
  /** An operator came. */
  readonly joined: Readonly<Record<string, never>>
  /** An operator went. */
  readonly left: Readonly<Record<string, never>>
}

/** An address by shape only (`x@y.z`, any script): whether it exists, only a mail can tell. */
export const emailField: Schema<string> = v.pipe(line(limits.emailMaxChars), v.check(isEmailText, 'is not an address like name@example.com'))

/** A phone number as typed: 7 to 15 digits (E.164), with spaces, brackets, dots, dashes and a leading plus. */
export const phoneField: Schema<string> = v.pipe(line(limits.phoneMaxChars), v.check(isPhoneText, 'is not a number of 7 to 15 digits'))

/** Schema of {@link RequestFields} as they are kept. */
export const KeptRequestFieldsSchema: Schema<RequestFields> = v.object({
  name: v.exactOptional(line(limits.nameMaxChars)),
  email: v.exactOptional(emailField),
  phone: v.exactOptional(phoneField),
  text: typedText
})

/** Schema of {@link RequestFields} as a form sends them: with a way to answer. */
export const RequestFieldsSchema: Schema<RequestFields> = v.pipe(
  KeptRequestFieldsSchema,
  v.check((fields) => fields.email !== undefined || fields.phone !== undefined, 'needs an email or a phone number')
)

/** Schemas of {@link EventData}, by kind. Writers check with these; readers show nothing for data that does not pass. */
export const eventDataSchemas: { readonly [K in keyof EventData]: Schema<EventData[K]> } = {
  text: v.object({ text: typedText }),
  request: v.object({ request: word, reference: word, fields: RequestFieldsSchema }),
  converted: v.object({ request: word, reference: word }),
  status: v.object({ status: v.picklist(['open', 'closed']) }),
  assigned: v.object({ operator: v.nullable(v.object({ id: word, name: word })) }),
  joined: v.object({}),
  left: v.object({})
}
