import type { Kysely } from 'kysely'
import type { WriteUnit } from '../writer/write-unit.js'
import { newEventId } from './new-ids.js'
import type { MailJobTable, Tables } from './tables.js'

/** Why a mail is to be sent. */
export type NewMailJob = Pick<MailJobTable, 'request' | 'kind' | 'seq' | 'recipient' | 'state' | 'reason'>

/** A mail that somebody has in hand, alone, until its lease ends. */
export type ClaimedMail = Pick<MailJobTable, 'site' | 'id' | 'request' | 'kind' | 'seq' | 'recipient' | 'attempts' | 'created_at'>

/** Which mails to take in hand. */
export interface MailClaim {
  readonly limit: number
  /** So long nobody else takes them. */
  readonly leaseMs: number
  /** Ids that the asker has in hand already. */
  readonly except: readonly string[]
}

/** What became of one attempt. */
export interface MailOutcome {
  readonly id: string
  /** Which attempt it was; another one may have begun meanwhile. */
  readonly attempt: number
  readonly state: 'sent' | 'failed' | 'waiting'
  /** When to try again. */
  readonly dueAt: number
  readonly reason: string | null
}

/** Asks for a mail, in the same transaction as what it is about. */
export async function addMailJob(site: string, unit: WriteUnit, job: NewMailJob): Promise<void> {
  const times = { due_at: unit.now, created_at: unit.now, updated_at: unit.now }
  await unit.tx
    .insertInto('mail_job')
    .values({ ...job, ...times, site, id: newEventId(unit.now), attempts: 0 })
    .execute()
}

/** The instant at which the next mail may be taken in hand; null when none waits. */
export async function readNextMailDue(db: Kysely<Tables>): Promise<number | null> {
  const row = await db.selectFrom('mail_job').select('due_at').where('state', '=', 'waiting').orderBy('due_at').limit(1).executeTakeFirst()
  return row?.due_at ?? null
}

/** Takes mails in hand that are due, the longest due first. */
export async function claimMailJobs({ tx, now }: WriteUnit, { limit, leaseMs, except }: MailClaim): Promise<ClaimedMail[]> {
  const due = await tx
    .selectFrom('mail_job')
    .select(['site', 'id', 'request', 'kind', 'seq', 'recipient', 'attempts', 'created_at'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .where('id', 'not in', ['', ...except])
    .orderBy('due_at')
    .limit(limit)
    .execute()
  const claimed = due.map((job) => ({ ...job, attempts: job.attempts + 1 }))
  for (const { site, id, attempts } of claimed)
    await tx
      .updateTable('mail_job')
      .set({ attempts, due_at: now + leaseMs, updated_at: now })
      .where('site', '=', site)
      .where('id', '=', id)
      .execute()
  return claimed
}

/**
 * Notes what became of an attempt, and tells which request it is about; undefined when it changed nothing. That a mail was sent counts whoever says it;
 * anything else only while nobody else has it in hand.
 */
export async function settleMailJob(
  site: string,
  { tx, now }: WriteUnit,
  { id, attempt, state, dueAt, reason }: MailOutcome
): Promise<Pick<MailJobTable, 'request'> | undefined> {
  const waiting = tx
    .updateTable('mail_job')
    .set({ state, due_at: dueAt, reason, updated_at: now })
    .where('site', '=', site)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
  const counted = state === 'sent' ? waiting : waiting.where('attempts', '=', attempt)
  return counted.returning('request').executeTakeFirst()
}

/** What takes mails in hand. */
export const mailJobCommands = {
  'mail.claim': (unit: WriteUnit, claim: MailClaim): Promise<ClaimedMail[]> => claimMailJobs(unit, claim)
}
