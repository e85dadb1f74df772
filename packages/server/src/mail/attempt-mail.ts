import type { Logger } from 'pino'
import type { Clock } from '../clock.js'
import type { Db } from '../store/database.js'
import type { ClaimedMail, MailOutcome } from '../store/mail-job-store.js'
import { restAfter } from './backoff.js'
import { compose, type Stationery } from './compose.js'
import { MailFault, readMailFailure } from './mail-fault.js'
import type { SendLetter } from './smtp-transport.js'

/** What attempts work with. */
export interface AttemptOptions {
  readonly db: Pick<Db, 'query'>
  readonly clock: Clock
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly send: SendLetter
  readonly stationery: Stationery
  /** From 0 to 1. Default: the machine's. */
  readonly random?: (() => number) | undefined
}

/** An attempt that takes longer is cut off. It outlasts the five minutes that mail servers may think. */
export const attemptMs = 360_000
/** RFC 5321, 4.5.4.1: four to five days. */
const giveUpAfterMs = 5 * 86_400_000

/** Tries once to send a mail, and says what became of it. Never rejects. */
export async function attemptMail(options: AttemptOptions, job: ClaimedMail, cutOff: AbortSignal): Promise<MailOutcome> {
  const { db, clock, log, send, stationery } = options
  const { site, id, attempts } = job
  const tooLong = new AbortController()
  const stopWatch = clock.setTimer(() => tooLong.abort(), attemptMs)
  try {
    const letter = await compose(db.query, job, stationery)
    if (!letter) throw new MailFault('gone', { isFinal: true })
    await send(letter, AbortSignal.any([tooLong.signal, cutOff]))
    log.info({ site, job: id, attempts }, 'a mail was sent')
    return { id, attempt: attempts, state: 'sent', dueAt: clock.now(), reason: null }
  } catch (error) {
    return afterFailure(options, job, error)
  } finally {
    stopWatch()
  }
}

function afterFailure({ clock, log, random = Math.random }: AttemptOptions, job: ClaimedMail, error: unknown): MailOutcome {
  const { site, id, attempts, created_at } = job
  const { reason, isFinal } = readMailFailure(error)
  const facts = { site, job: id, attempts, reason }
  if (isFinal || clock.now() - created_at > giveUpAfterMs) {
    log.error(facts, 'a mail is given up')
    return { id, attempt: attempts, state: 'failed', dueAt: clock.now(), reason }
  }
  const restMs = restAfter(attempts, random())
  log.warn({ ...facts, restMs }, 'a mail was not taken, and is tried again')
  return { id, attempt: attempts, state: 'waiting', dueAt: clock.now() + restMs, reason }
}
