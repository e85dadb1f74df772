import { type Kysely, sql } from 'kysely'
import type { StoredEvent } from '../store/stored-event.js'
import type { Tables } from '../store/tables.js'
import { commands } from './commands.js'
import type { Committed, Job, Verdict } from './messages.js'
import { toPlainError } from './plain-error.js'
import type { WriteUnit } from './write-unit.js'

/** What every job of a writer works with. */
export type WriterWorld = Pick<WriteUnit, 'epoch' | 'limits'>

/** Runs jobs in one transaction, each undone by itself when it throws, and resolves when they are on disk. */
export async function runBatch(tx: Kysely<Tables>, world: WriterWorld, batch: readonly Job[]): Promise<Committed> {
  try {
    const done: DoneJob[] = []
    await sql`begin immediate`.execute(tx)
    for (const job of batch) done.push(await runJob(tx, world, job))
    await sql`commit`.execute(tx)
    return { events: done.flatMap(({ events }) => events), verdicts: done.map(({ verdict }) => verdict) }
  } catch (fault) {
    // A full disk may already have ended the transaction; then there is nothing to roll back, and the first error counts.
    await sql`rollback`.execute(tx).catch(() => {})
    const error = toPlainError(fault)
    return { events: [], verdicts: batch.map(() => ({ error })) }
  }
}

interface DoneJob {
  readonly events: readonly StoredEvent[]
  readonly verdict: Verdict
}

async function runJob(tx: Kysely<Tables>, world: WriterWorld, { name, input, now }: Job): Promise<DoneJob> {
  const events: StoredEvent[] = []
  const unit: WriteUnit = { ...world, tx, now, report: (event) => events.push(event) }
  const command = commands[name] as (unit: WriteUnit, input: unknown) => Promise<unknown>
  await sql`savepoint job`.execute(tx)
  try {
    const value = await command(unit, input)
    await sql`release job`.execute(tx)
    return { events, verdict: { value } }
  } catch (error) {
    await sql`rollback to job`.execute(tx)
    await sql`release job`.execute(tx)
    return { events: [], verdict: { error: toPlainError(error) } }
  }
}
