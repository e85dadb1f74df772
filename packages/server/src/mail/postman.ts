import { errorFacts } from '../log.js'
import type { Db } from '../store/database.js'
import { type ClaimedMail, type MailOutcome, readNextMailDue } from '../store/mail-job-store.js'
import type { StoredEvent } from '../store/stored-event.js'
import { type AttemptOptions, attemptMail, attemptMs } from './attempt-mail.js'

/** What a postman works with. */
export interface PostmanOptions extends AttemptOptions {
  readonly db: Pick<Db, 'query' | 'write' | 'onCommit'>
}

/** Sends the mails that the database holds. */
export interface Postman {
  /**
   * Begins no mail any more, and resolves when those in hand have ended.
   *
   * @param deadline When it resolves, those that still hang are cut off; they are tried again after the next start.
   */
  readonly close: (deadline: Promise<unknown>) => Promise<void>
}

/** Mails in hand at once: one that hangs does not hold up all the others. */
const inHandMax = 4
/** Longer than an attempt, so that a mail is in nobody else's hand while somebody may still be sending it. */
const leaseMs: number = attemptMs + 60_000
/** How long to wait for a database that does not answer. */
const storeRestMs = 1_000

/** Starts to send what is due, and goes on until it is closed. */
export function startPostman(options: PostmanOptions): Postman {
  const { db, clock, log } = options
  const inHand = new Map<string, Promise<void>>()
  const cutOff = new AbortController()
  let stopTimer: () => void = () => {}
  let looking: Promise<void> | null = null
  let isWoken = false
  let isClosing = false

  function wake(): void {
    isWoken = true
    looking ??= lookWhileWoken().finally(() => {
      looking = null
      if (isWoken && !isClosing) wake()
    })
  }

  async function lookWhileWoken(): Promise<void> {
    while (isWoken && !isClosing) {
      isWoken = false
      stopTimer()
      await look().catch((error) => {
        log.warn(errorFacts(error), 'the mails that are due could not be read')
        plan(storeRestMs)
      })
    }
  }

  async function look(): Promise<void> {
    const limit = inHandMax - inHand.size
    if (limit === 0) return
    const dueAt = await readNextMailDue(db.query)
    if (dueAt === null) return
    if (dueAt > clock.now()) return plan(dueAt - clock.now())
    const claimed = await db.write('mail.claim', { limit, leaseMs, except: [...inHand.keys()] }, clock.now())
    for (const job of claimed) take(job)
    // Where nothing was claimed, all that is due is in hand already, and whatever ends next wakes.
    if (claimed.length > 0) isWoken = true
  }

  function plan(inMs: number): void {
    if (!isClosing) stopTimer = clock.setTimer(wake, Math.min(inMs, leaseMs))
  }

  function take(job: ClaimedMail): void {
    const done = attemptMail(options, job, cutOff.signal)
      .then((outcome) => settle(job.site, outcome))
      .finally(() => {
        inHand.delete(job.id)
        wake()
      })
    inHand.set(job.id, done)
  }

  /** A mail stays in hand until that is stored: one that went out must not go out again because the disk is full. */
  async function settle(site: string, outcome: MailOutcome): Promise<void> {
    for (;;) {
      try {
        return await db.write('mail.settle', { site, ...outcome }, clock.now())
      } catch (error) {
        log.warn(errorFacts(error), 'what became of a mail could not be stored')
        if (isClosing) return
        await new Promise<void>((resolve) => void clock.setTimer(resolve, storeRestMs))
      }
    }
  }

  const stopListening = db.onCommit((events) => {
    if (events.some(isAboutRequest)) wake()
  })
  wake()

  return {
    async close(deadline) {
      isClosing = true
      stopTimer()
      stopListening()
      void deadline.then(() => cutOff.abort())
      await looking
      await Promise.all(inHand.values())
    }
  }
}

/** Mail is asked for only together with news of a request. */
function isAboutRequest({ c, k }: StoredEvent): boolean {
  return k === 'request.changed' && c.startsWith('inbox:')
}
