import type { KeptRequestFields } from '@porchlight/protocol'
import { mailWords } from './mail-words.js'

/** One mail to one person, in parts: nothing in one of them can become another. */
export interface Letter {
  readonly id: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  /** When there was reason to write it, in milliseconds since 1970; each attempt carries the same. */
  readonly atMs: number
  /** RFC 3834: what sends out-of-office notes stays silent. */
  readonly autoSubmitted: 'auto-generated' | 'auto-replied'
}

/** What a letter says, beside to whom and from where. */
export type LetterContent = Pick<Letter, 'subject' | 'text' | 'autoSubmitted'>

/** A request, as whoever hears of it may read it. */
export interface RequestNotice {
  readonly siteName: string
  readonly reference: string
  readonly fields: KeptRequestFields
  /** Language of the page that it was left on. */
  readonly locale: string | null
  /** Address of the console; null where only this machine reaches it. */
  readonly consoleUrl: string | null
}

/** Tells a site's people that a request came. Its subject holds the reference, and no word of a visitor. */
export function noticeOf({ siteName, reference, fields, locale, consoleUrl }: RequestNotice): LetterContent {
  const words = mailWords(locale)
  const { name, email, phone, text, answers = [], consent } = fields
  const given = [
    ...(name === undefined ? [] : [words('mail.notice.name', { value: name })]),
    ...(email === undefined ? [] : [words('mail.notice.email', { value: email })]),
    ...(phone === undefined ? [] : [words('mail.notice.phone', { value: phone })]),
    ...answers.map(({ label, value }) => `${label}: ${typeof value === 'string' ? value : words(value ? 'mail.notice.yes' : 'mail.notice.no')}`),
    ...(consent === undefined ? [] : [words('mail.notice.consent', { value: consent || words('mail.notice.yes') })])
  ]
  const paragraphs = [words('mail.notice.intro', { site: siteName }), given.join('\n'), text]
  if (consoleUrl !== null) paragraphs.push(`${words('mail.notice.answer')} ${consoleUrl}`)
  return {
    subject: words('mail.notice.subject', { reference }),
    text: textOf(paragraphs),
    autoSubmitted: 'auto-generated'
  }
}

/** An operator's words on their way to whoever left the request. */
export interface RequestAnswer {
  readonly siteName: string
  readonly reference: string
  readonly operatorName: string
  readonly text: string
  /** Language of the page that the request was left on. */
  readonly locale: string | null
}

/** Carries what an operator wrote to the address in a form. It holds nothing that the visitor typed, or that address would read what strangers write. */
export function answerOf({ siteName, reference, operatorName, text, locale }: RequestAnswer): LetterContent {
  const words = mailWords(locale)
  const intro = words('mail.answer.intro', { operator: operatorName, site: siteName })
  return {
    subject: words('mail.answer.subject', { reference }),
    text: textOf([intro, text, words('mail.answer.back')]),
    autoSubmitted: 'auto-replied'
  }
}

function textOf(paragraphs: readonly string[]): string {
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`
}
