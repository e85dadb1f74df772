import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import { prepared } from './prepared.js'
import type { FirstAnswerTable, Tables } from './tables.js'

/** A wait that has ended now. */
export type EndedWait = Omit<FirstAnswerTable, 'site' | 'answered_at'>

/** Keeps how long somebody waited. The same wait again is not another one. */
export async function keepFirstAnswer(site: string, unit: WriteUnit, wait: EndedWait): Promise<void> {
  await addAnswer(unit.tx, { ...wait, site, answered_at: unit.now })
}

const addAnswer = prepared<FirstAnswerTable>((db, row) =>
  db
    .insertInto('first_answer')
    .values({
      site: row.site,
      kind: row.kind,
      subject: row.subject,
      c: row.c,
      department: row.department,
      asked_at: row.asked_at,
      answered_at: row.answered_at,
      operator: row.operator
    })
    .onConflict((conflict) => conflict.doNothing())
)

/** Which waits to read. */
export interface AnswerQuery {
  readonly kind: FirstAnswerTable['kind']
  /** Those that ended at this instant or later. */
  readonly sinceMs: number
  /** At most so many, the newest. */
  readonly limit: number
  /** Only those of a department. Default: everybody's. */
  readonly department?: string
}

/** How long those who were answered had waited, in milliseconds, in no order that means anything. */
export async function readAnswerWaits(site: string, db: Kysely<Tables>, { department, ...query }: AnswerQuery): Promise<number[]> {
  const rows = department === undefined ? await newestAnswers(db, { site, ...query }) : await newestOfDepartment(db, { site, department, ...query })
  return rows.map(({ asked_at, answered_at }) => Math.max(0, answered_at - asked_at))
}

type Wait = Pick<FirstAnswerTable, 'asked_at' | 'answered_at'>
type SiteQuery = Omit<AnswerQuery, 'department'> & { readonly site: string }

const newestAnswers = prepared<SiteQuery, Wait>(waits)
const newestOfDepartment = prepared<SiteQuery & { readonly department: string }, Wait>((db, query) =>
  waits(db, query).where('department', '=', query.department)
)

function waits(db: Kysely<Tables>, { site, kind, sinceMs, limit }: SiteQuery) {
  return db
    .selectFrom('first_answer')
    .select(['asked_at', 'answered_at'])
    .where('site', '=', site)
    .where('kind', '=', kind)
    .where('answered_at', '>=', sinceMs)
    .orderBy('answered_at', 'desc')
    .limit(limit)
}
