import { ChatError, isChatError } from '@porchlight/protocol'
import { type Kysely, sql } from 'kysely'
import type { StoredEvent } from './stored-event.js'
import type { Tables } from './tables.js'

/** Work inside a transaction. `report` takes the events it stored, for those who follow their logs. */
export type WriteJob<T> = (tx: Kysely<Tables>, report: (event: StoredEvent) => void) => Promise<T>

/** Commits jobs, one batch at a time. */
export interface Writer {
  readonly write: <T>(job: WriteJob<T>) => Promise<T>
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>
}

/** Jobs in one commit. More would make the first of them wait without sparing the disk much more. */
const maxBatch = 64
/** Jobs that may wait. Beyond it the disk is slower than the world, and queueing longer helps nobody. */
const maxWaiting = 2_000

interface QueuedJob {
  readonly run: (tx: Kysely<Tables>) => Promise<readonly StoredEvent[]>
  readonly done: () => void
  readonly fail: (error: unknown) => void
}

/** Whom a writer tells what. */
export interface WriterEars {
  readonly onCommit: (events: readonly StoredEvent[]) => void
  /** The file is damaged: no later write can succeed either. */
  readonly onDamage: (error: Error) => void
}

/** Makes the one writer of a database: what is queued in one turn of the event loop shares one commit. */
export function createWriter(db: Kysely<Tables>, { onCommit, onDamage }: WriterEars): Writer {
  const queue: QueuedJob[] = []
  const idleWaiters: (() => void)[] = []
  let isScheduled = false

  async function commitNext(): Promise<void> {
    const batch = queue.splice(0, maxBatch)
    const settled = await db
      .connection()
      .execute((connection) => runBatch(connection, batch))
      .catch((error) => batch.map((job): SettledJob => ({ events: [], settle: () => job.fail(error) })))
    try {
      onCommit(settled.flatMap(({ events }) => events))
    } finally {
      for (const { settle } of settled) settle()
      isScheduled = false
      if (queue.length > 0) schedule()
      else for (const resolve of idleWaiters.splice(0)) resolve()
    }
  }

  /** After the input that this turn of the loop already holds, so that it shares the commit. */
  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    setImmediate(() => void commitNext())
  }

  const fail = (reject: (error: unknown) => void) => (error: unknown) => {
    if (isDamage(error)) onDamage(error)
    reject(toStoreError(error))
  }

  return {
    write: (job) =>
      new Promise((resolve, reject) => {
        if (queue.length >= maxWaiting) return reject(new ChatError('busy', 'too many writes wait for the disk', { afterMs: 1_000 }))
        queue.push(queuedJob(job, resolve, fail(reject)))
        schedule()
      }),
    idle: () => new Promise((resolve) => (isScheduled ? idleWaiters.push(resolve) : resolve()))
  }
}

function queuedJob<T>(job: WriteJob<T>, resolve: (value: T) => void, reject: (error: unknown) => void): QueuedJob {
  let finish: () => void = () => {}
  return {
    run: async (tx) => {
      const events: StoredEvent[] = []
      const value = await job(tx, (event) => events.push(event))
      finish = () => resolve(value)
      return events
    },
    done: () => finish(),
    fail: reject
  }
}

interface SettledJob {
  readonly events: readonly StoredEvent[]
  readonly settle: () => void
}

async function runBatch(tx: Kysely<Tables>, batch: readonly QueuedJob[]): Promise<SettledJob[]> {
  await sql`begin immediate`.execute(tx)
  try {
    const settled: SettledJob[] = []
    for (const job of batch) settled.push(await runJob(tx, job))
    await sql`commit`.execute(tx)
    return settled
  } catch (error) {
    // A full disk may already have ended the transaction; then there is nothing to roll back, and the first error counts.
    await sql`rollback`.execute(tx).catch(() => {})
    throw error
  }
}

async function runJob(tx: Kysely<Tables>, job: QueuedJob): Promise<SettledJob> {
  await sql`savepoint job`.execute(tx)
  try {
    const events = await job.run(tx)
    await sql`release job`.execute(tx)
    return { events, settle: job.done }
  } catch (error) {
    await sql`rollback to job`.execute(tx)
    await sql`release job`.execute(tx)
    return { events: [], settle: () => job.fail(error) }
  }
}

function isDamage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code))
}

/** Faults of the disk become `store_unavailable`: nothing was stored, and trying again may help. Others pass unchanged. */
function toStoreError(error: unknown): unknown {
  if (isChatError(error) || !(error instanceof Error) || !('code' in error)) return error
  const isDiskFault = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL)/.test(String(error.code))
  return isDiskFault ? new ChatError('store_unavailable', 'the database cannot commit now', { cause: error }) : error
}
