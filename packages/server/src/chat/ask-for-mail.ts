import { isMailAddress, type RequestFields } from '@porchlight/protocol'
import { addMailJob } from '../store/mail-job-store.js'
import type { StoredRequest } from '../store/request-store.js'
import type { WriteUnit } from '../writer/write-unit.js'
import type { Mailing } from './chat-context.js'

/** What a change that may be told by mail knows of it. A command cannot look, so it is told. */
export interface NewRequestMail {
  readonly mailing: Mailing
  readonly request: StoredRequest
}

/** A request came: whoever the site names hears of it. What looks like spam is kept and told to nobody. */
export async function askForNotice(site: string, unit: WriteUnit, { mailing, request }: NewRequestMail): Promise<void> {
  if (!mailing?.to) return
  const state = request.spam === 1 ? 'held' : 'waiting'
  await addMailJob(site, unit, { request: request.id, kind: 'notice', seq: request.seq, recipient: mailing.to, state, reason: null })
}

/** An operator's words, and the requests that they answer. */
export interface AnswerMail {
  readonly mailing: Mailing
  readonly answered: readonly StoredRequest[]
  /** The event that holds the words. */
  readonly seq: number
}

/**
 * An operator answered: his words go to the address in the form, once to each address, under the newest reference. An address that could be read as
 * more than one, or as something else, gets nothing, and the job says so.
 */
export async function askForAnswers(site: string, unit: WriteUnit, { mailing, answered, seq }: AnswerMail): Promise<void> {
  if (!mailing) return
  const newest = new Map<string, string>()
  for (const { id, fields } of [...answered].sort((a, b) => a.seq - b.seq)) {
    const { email } = JSON.parse(fields) as RequestFields
    if (email !== undefined) newest.set(email, id)
  }
  for (const [recipient, request] of newest) {
    const isFine = isMailAddress(recipient)
    await addMailJob(site, unit, {
      ...{ request, kind: 'answer', seq, recipient },
      ...(isFine ? { state: 'waiting', reason: null } : { state: 'failed', reason: 'no single address' })
    })
  }
}
