import * as v from 'valibot'
import type { RequestForm } from './request-form.js'
import { type EntriesOf, flag, type Schema, typedText, word } from './schema.js'
import { type Texts, textsOf } from './texts.js'

/** What a site says by itself. Each says when and how a quicker answer can be had. */
export interface SiteWords {
  /** Above the request form while the site is closed, or nobody is there. */
  readonly outsideHours?: Texts
  /** To whoever waits long for an answer in a chat. */
  readonly longWait?: Texts
  /** With the reference of a request that was accepted. */
  readonly accepted?: Texts
  /** In place of the form, where nobody would receive a request: what can be done instead. */
  readonly noRequests?: Texts
}

/** What a site's pages know of it beside who is home: told in `welcome`, and again whenever it changes. */
export interface SiteInfo {
  /** What the form asks for beside name, email, phone and the question. */
  readonly form?: RequestForm
  readonly words?: SiteWords
  /** `none`: nobody would receive a request, so none is taken. */
  readonly requests?: 'none'
}

const texts: Schema<Texts> = v.record(v.string(), word)

const said: Schema<Texts> = textsOf(typedText, 1_000)

/** Schema of {@link SiteWords} as an owner sets them. */
export const SiteWordsSchema: Schema<SiteWords> = v.strictObject({
  outsideHours: v.exactOptional(said),
  longWait: v.exactOptional(said),
  accepted: v.exactOptional(said),
  noRequests: v.exactOptional(said)
})

/** As the wire tells it: what an owner may set is checked where he sets it. */
const form: Schema<RequestForm> = v.object({
  fields: v.array(
    v.object({
      id: word,
      kind: v.picklist(['text', 'select', 'checkbox', 'date']),
      label: texts,
      isRequired: v.exactOptional(flag),
      options: v.exactOptional(v.array(v.object({ id: word, label: texts })))
    })
  ),
  consent: v.exactOptional(v.object({ label: texts, url: v.exactOptional(word) }))
})

/** The fields of {@link SiteInfo}, for schemas that hold them among others. */
export const siteInfoEntries: EntriesOf<SiteInfo> = {
  form: v.exactOptional(form),
  words: v.exactOptional(
    v.object({
      outsideHours: v.exactOptional(texts),
      longWait: v.exactOptional(texts),
      accepted: v.exactOptional(texts),
      noRequests: v.exactOptional(texts)
    })
  ),
  requests: v.exactOptional(v.literal('none'))
}

/** Schema of {@link SiteInfo}. */
export const SiteInfoSchema: Schema<SiteInfo> = v.object(siteInfoEntries)
