import * as v from 'valibot'
import type { EntriesOf, Schema } from './schema.js'

/** What became of a mail. `held`: it is kept back, because its request looks like spam. `failed`: it was refused for good, or nobody took it for five days. */
export type MailState = 'waiting' | 'held' | 'sent' | 'failed'

/** The newest mail of each kind about a request; missing: none was asked for. */
export interface RequestMail {
  /** That it came, to whom the site names. */
  readonly notice?: MailState
  /** An operator's words, to the address in its form. */
  readonly answer?: MailState
}

/** What a request's row says about its mail. */
export interface MailedRequest {
  /** Missing: no mail was asked for. */
  readonly mail?: RequestMail
}

const mailState: Schema<MailState> = v.picklist(['waiting', 'held', 'sent', 'failed'])

/** Entries of {@link MailedRequest}, for the schema of a row. */
export const mailedRequestEntries: EntriesOf<MailedRequest> = {
  mail: v.exactOptional(v.object({ notice: v.exactOptional(mailState), answer: v.exactOptional(mailState) }))
}
