import { expect } from 'vitest'
import { readMailContent } from '../../src/store/mail-content.js'
import { addMailJob, settleMailJob } from '../../src/store/mail-job-store.js'
import { readRequestMail } from '../../src/store/request-mail-store.js'
import type { SiteCall } from './site-calls.js'

/** A call for each function about the mail of a site. */
export const mailCalls: Readonly<Record<string, SiteCall>> = {
  'mail-content#readMailContent': {
    run: (site, { tx }) => readMailContent(site, tx, { request: 'r_same', seq: 1 }),
    foreign: expect.objectContaining({ reference: 'PL-other', author: 'visitor of other' })
  },
  'mail-job-store#addMailJob': {
    run: (site, { unit }) =>
      addMailJob(site, unit, { request: 'r_same', kind: 'answer', seq: 2, recipient: 'ann@example.com', state: 'waiting', reason: null }),
    foreign: undefined
  },
  'mail-job-store#settleMailJob': {
    run: (site, { unit }) => settleMailJob(site, unit, { id: 'j_same', attempt: 0, state: 'sent', dueAt: 0, reason: null }),
    foreign: { request: 'r_same' }
  },
  'request-mail-store#readRequestMail': {
    run: (site, { tx }) => readRequestMail(site, tx, ['r_same', 'r_none']),
    foreign: new Map([['r_same', { notice: 'waiting' }]]),
    own: new Map([['r_same', { notice: 'waiting' }]])
  }
}
