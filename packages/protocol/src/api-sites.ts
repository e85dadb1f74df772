import * as v from 'valibot'
import { type Role, RoleSchema } from './api.js'
import { type AnswerTargets, answerTargetEntries, answerTargetMs } from './api-answers.js'
import { CapacitySchema, type Department, DepartmentsSchema, KeptDepartmentsSchema } from './departments.js'
import { KeptHoursSchema, type SiteHours, SiteHoursSchema } from './hours.js'
import { limits } from './limits.js'
import { mailAddress } from './mail-address.js'
import { type RequestForm, RequestFormSchema } from './request-form.js'
import { count, line, type Schema, siteId, word } from './schema.js'
import { type SiteWords, SiteWordsSchema } from './site-info.js'

/** A site as its operators see it. */
export interface SiteRow {
  readonly site: string
  readonly name: string
  /** Whose pages may show the widget: exact origins, `https://*.example.com` for subdomains, `loopback` for every loopback origin. */
  readonly origins: readonly string[]
  readonly role: Role
}

/** Schema of {@link SiteRow}. */
export const SiteRowSchema: Schema<SiteRow> = v.object({ site: siteId, name: word, origins: v.array(word), role: RoleSchema })

/** A site with its settings: answer of `GET /api/sites/:site`, and of every change. */
export interface SiteSettings extends SiteRow, AnswerTargets {
  /** When it is open; null: always. */
  readonly hours: SiteHours | null
  /** What its request form asks for beside name, email, phone and the question; null: nothing. */
  readonly requestForm: RequestForm | null
  /** What it says by itself; null: nothing. */
  readonly words: SiteWords | null
  /** Chats that one operator takes at once. */
  readonly capacity: number
  readonly departments: readonly Department[]
  /** Where each new request is told by mail; null: nowhere. */
  readonly mailTo: string | null
}

/** Schema of {@link SiteSettings}. The hours are those that were taken in: a zone that this run time does not know any more is still told. */
export const SiteSettingsSchema: Schema<SiteSettings> = v.object({
  ...{ site: siteId, name: word, origins: v.array(word), role: RoleSchema },
  hours: v.nullable(KeptHoursSchema),
  requestForm: v.nullable(RequestFormSchema),
  words: v.nullable(SiteWordsSchema),
  capacity: count,
  departments: KeptDepartmentsSchema,
  mailTo: v.nullable(word),
  ...answerTargetEntries
})

/** Answer of `GET /api/sites`. */
export interface SiteList {
  readonly sites: readonly SiteRow[]
}

/** Schema of {@link SiteList}. */
export const SiteListSchema: Schema<SiteList> = v.object({ sites: v.array(SiteRowSchema) })

/**
 * One entry of a site's allow-list: `https://shop.example`, `https://*.shop.example`, or `loopback`.
 * Scheme, host and port as a browser writes them in `Origin` (RFC 6454, 6.2): lower case, no path, no default port.
 */
export const allowedOrigin: Schema<string> = v.pipe(
  v.string(),
  v.maxLength(300),
  v.check((text) => text === 'loopback' || isOrigin(text), 'is not an origin like https://shop.example')
)

function isOrigin(text: string): boolean {
  const match = /^(https?:\/\/)(\*\.)?([^*]+)$/.exec(text)
  if (!match) return false
  try {
    return new URL(`${match[1]}${match[3]}`).origin === `${match[1]}${match[3]}` && (!match[2] || match[3]?.includes('.') === true)
  } catch {
    return false
  }
}

const origins = v.pipe(v.array(allowedOrigin), v.maxLength(100))

/** Body of `POST /api/sites`. */
export interface CreateSiteBody {
  readonly site: string
  readonly name: string
  readonly origins: readonly string[]
}

/** Schema of {@link CreateSiteBody}. */
export const CreateSiteBodySchema: Schema<CreateSiteBody> = v.object({ site: siteId, name: line(limits.nameMaxChars), origins })

/** Body of `PATCH /api/sites/:site`. */
export interface ChangeSiteBody extends Partial<AnswerTargets> {
  readonly name?: string
  readonly origins?: readonly string[]
  /** The whole hours, in the place of those before; null: always open. */
  readonly hours?: SiteHours | null
  /** The whole form, in the place of the one before; null: nothing is asked for beside the rest. */
  readonly requestForm?: RequestForm | null
  /** All words, in the place of those before; null: it says nothing by itself. */
  readonly words?: SiteWords | null
  /** Chats that one operator takes at once, 1 to 7. A new site has 5. */
  readonly capacity?: number
  /** All of them, in the place of those before. */
  readonly departments?: readonly Department[]
  /** One address that hears of each new request by mail, where the server sends mail; null: none. */
  readonly mailTo?: string | null
}

/** Schema of {@link ChangeSiteBody}. */
export const ChangeSiteBodySchema: Schema<ChangeSiteBody> = v.object({
  name: v.exactOptional(line(limits.nameMaxChars)),
  origins: v.exactOptional(origins),
  hours: v.exactOptional(v.nullable(SiteHoursSchema)),
  requestForm: v.exactOptional(v.nullable(RequestFormSchema)),
  words: v.exactOptional(v.nullable(SiteWordsSchema)),
  capacity: v.exactOptional(CapacitySchema),
  departments: v.exactOptional(DepartmentsSchema),
  mailTo: v.exactOptional(v.nullable(mailAddress)),
  firstAnswerTargetMs: v.exactOptional(answerTargetMs),
  requestTargetMs: v.exactOptional(answerTargetMs)
})
