import type { KeptRequestFields } from '@porchlight/protocol'
import type { Kysely } from 'kysely'
import { readMailContent } from '../store/mail-content.js'
import type { ClaimedMail } from '../store/mail-job-store.js'
import type { Tables } from '../store/tables.js'
import { answerOf, type Letter, type LetterContent, noticeOf } from './letter.js'

/** What letters are written with. */
export interface Stationery {
  /** The one address that all mail comes from. */
  readonly from: string
  /** What a site calls itself; undefined when it is gone. */
  readonly siteName: (site: string) => string | undefined
  /** Address of the console; null where only this machine reaches it. */
  readonly consoleUrl: string | null
}

/** Writes the letter of a job from what is stored at that moment; null when what it is about is gone. */
export async function compose(db: Kysely<Tables>, job: ClaimedMail, { from, siteName, consoleUrl }: Stationery): Promise<Letter | null> {
  const { site, id, kind, recipient, created_at } = job
  const name = siteName(site)
  const stored = await readMailContent(site, db, job)
  if (name === undefined || !stored) return null
  const about = { siteName: name, reference: stored.reference, locale: stored.locale }
  const content: LetterContent =
    kind === 'notice'
      ? noticeOf({ ...about, fields: JSON.parse(stored.fields) as KeptRequestFields, consoleUrl })
      : answerOf({ ...about, operatorName: stored.author ?? name, text: textOf(stored.data) })
  return { id, from: { name, address: from }, to: recipient, atMs: created_at, ...content }
}

function textOf(data: string): string {
  const { text } = JSON.parse(data) as { readonly text?: unknown }
  return String(text ?? '')
}
