import * as v from 'valibot'
import { isEmailText, isPhoneText } from './contact-shapes.js'
import { limits } from './limits.js'
import { type FormAnswers, FormAnswersSchema, type KeptAnswer, KeptAnswerSchema, labelMaxChars } from './request-form.js'
import { line, type Schema, typedText, word } from './schema.js'

interface ContactAndQuestion {
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly text: string
}

/** What a customer leaves when nobody is home: a form as it goes out. */
export interface RequestFields extends ContactAndQuestion {
  /** Answers to the fields that the site added. */
  readonly custom?: FormAnswers
  /** The words that the customer agreed to, as he read them; or that he did, where whoever asked him does not tell them. */
  readonly consent?: boolean | string
}

/** A request as it is kept. In a form an email or a phone number is there; a text that was converted came without. */
export interface KeptRequestFields extends ContactAndQuestion {
  /** Answers to the fields that the site had added, in their order. */
  readonly answers?: readonly KeptAnswer[]
  /** The words that the customer agreed to. */
  readonly consent?: string
}

/** Data of each kind of event that version 1 writes, by `k`. */
export interface EventData {
  /** Something a person wrote. */
  readonly text: { readonly text: string }
  /** A request was left. */
  readonly request: { readonly request: string; readonly reference: string; readonly fields: KeptRequestFields }
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

const contactAndQuestion = {
  name: v.exactOptional(line(limits.nameMaxChars)),
  email: v.exactOptional(emailField),
  phone: v.exactOptional(phoneField),
  text: typedText
}

/** Schema of {@link KeptRequestFields}. */
export const KeptRequestFieldsSchema: Schema<KeptRequestFields> = v.object({
  ...contactAndQuestion,
  answers: v.exactOptional(v.array(KeptAnswerSchema)),
  consent: v.exactOptional(v.string())
})

/** Schema of {@link RequestFields}: with a way to answer. What the site's own form asks for, `checkAnswers` tells. */
export const RequestFieldsSchema: Schema<RequestFields> = v.pipe(
  v.object({
    ...contactAndQuestion,
    custom: v.exactOptional(FormAnswersSchema),
    consent: v.exactOptional(v.union([v.boolean(), line(labelMaxChars)]))
  }),
  v.check((fields) => fields.email !== undefined || fields.phone !== undefined, 'needs an email or a phone number')
)

/** Schemas of {@link EventData}, by kind. Writers check with these; readers show nothing for data that does not pass. */
export const eventDataSchemas: { readonly [K in keyof EventData]: Schema<EventData[K]> } = {
  text: v.object({ text: typedText }),
  request: v.object({ request: word, reference: word, fields: KeptRequestFieldsSchema }),
  converted: v.object({ request: word, reference: word }),
  status: v.object({ status: v.picklist(['open', 'closed']) }),
  assigned: v.object({ operator: v.nullable(v.object({ id: word, name: word })) }),
  joined: v.object({}),
  left: v.object({})
}
