import { reportRequest } from '../store/inbox-store.js'
import { type MailOutcome, settleMailJob } from '../store/mail-job-store.js'
import { findRequest } from '../store/request-store.js'
import type { WriteUnit } from '../writer/write-unit.js'

/** What became of an attempt, and on which site. */
type SiteOutcome = MailOutcome & { readonly site: string }

/** What notes the end of mails. */
export const settleMailCommands = {
  /** Operators hear of an end; that a mail is tried again changes nothing for them. */
  'mail.settle': async (unit: WriteUnit, { site, ...outcome }: SiteOutcome): Promise<void> => {
    const settled = await settleMailJob(site, unit, outcome)
    if (settled === undefined || outcome.state === 'waiting') return
    const request = await findRequest(site, unit.tx, settled.request)
    if (request) await reportRequest(site, unit, request)
  }
}
