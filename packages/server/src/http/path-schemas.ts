import { idPatterns, limits, type Schema } from '@porchlight/protocol'
import * as v from 'valibot'

const site: Schema<string> = v.pipe(v.string(), v.regex(idPatterns.site))
/** A conversation; the inbox log of a site is not one. */
const c: Schema<string> = v.pipe(v.string(), v.regex(/^c_[A-Za-z0-9_-]{22}$/))
const id: Schema<string> = v.pipe(v.string(), v.regex(idPatterns.message))
const operator: Schema<string> = v.pipe(v.string(), v.regex(/^op_[A-Za-z0-9_-]{22}$/))

/** `/api/sites/:site/…` */
export const SitePath: Schema<{ readonly site: string }> = v.object({ site })
/** `/api/sites/:site/conversations/:c/…` */
export const ConversationPath: Schema<{ readonly site: string; readonly c: string }> = v.object({ site, c })
/** `/api/sites/:site/requests/:id` */
export const RequestPath: Schema<{ readonly site: string; readonly id: string }> = v.object({ site, id })
/** `/api/sites/:site/operators/:operator` */
export const OperatorPath: Schema<{ readonly site: string; readonly operator: string }> = v.object({ site, operator })

const number = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))

/** Which part of a list: rows changed before an instant, newest first. */
export interface ListQuery {
  /** Milliseconds since 1970; the `updatedAt` of the last row of the page before. */
  readonly before?: number
  /** The `c` or `id` of that row. Without it, rows that changed in the same millisecond are left out. */
  readonly beforeId?: string
  readonly limit: number
}

/** Schema of {@link ListQuery}. */
export const ListQuerySchema: Schema<ListQuery> = v.pipe(
  v.object({
    before: v.exactOptional(number),
    beforeId: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/))),
    limit: v.optional(v.pipe(number, v.minValue(1), v.maxValue(100)), '50')
  }),
  v.check((query) => query.beforeId === undefined || query.before !== undefined, 'names a row without its instant')
)

/** Since when, in milliseconds since 1970; missing: for seven days. */
export interface SinceQuery {
  readonly since?: number
}

/** Schema of {@link SinceQuery}. */
export const SinceQuerySchema: Schema<SinceQuery> = v.object({ since: v.exactOptional(number) })

/** Which part of a log, oldest first. */
export interface EventQuery {
  readonly from: number
  readonly limit: number
}

/** Schema of {@link EventQuery}. */
export const EventQuerySchema: Schema<EventQuery> = v.object({
  from: v.optional(v.pipe(number, v.minValue(1)), '1'),
  limit: v.optional(v.pipe(number, v.minValue(1), v.maxValue(limits.pageMaxEvents)), String(limits.pageMaxEvents))
})
