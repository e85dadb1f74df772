import type { Kysely } from 'kysely'
import { goDirectly } from '../store/prepared.js'
import type { SqliteFile } from '../store/sqlite.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { Tables } from '../store/tables.js'
import { commands } from './commands.js'
import type { Committed, Job, Verdict } from './messages.js'
import { toPlainError } from './plain-error.js'
import type { WriteUnit } from './write-unit.js'

/** What every job of a writer works with. */
export interface WriterWorld extends Pick<WriteUnit, 'epoch' | 'limits'> {
  /** The only connection that writes. */
  readonly file: SqliteFile
}

/** Runs jobs in one transaction, each undone by itself when it throws, and resolves when they are on disk. */
export async function runBatch(tx: Kysely<Tables>, world: WriterWorld, batch: readonly Job[]): Promise<Committed> {
  const { file } = world
  goDirectly(tx, file)
  try {
    const done: DoneJob[] = []
    run(file, 'begin immediate')
    for (const job of batch) done.push(await runJob(tx, world, job))
    run(file, 'commit')
    return { events: done.flatMap(({ events }) => events), verdicts: done.map(({ verdict }) => verdict) }
  } catch (fault) {
    // A full disk may already have ended the transaction; then there is nothing to roll back, and the first error counts.
    tryRollback(file)
    const error = toPlainError(fault)
    return { events: [], verdicts: batch.map(() => ({ error })) }
  }
}

function run(file: SqliteFile, sql: string): void {
  file.prepare(sql).run([])
}

function tryRollback(file: SqliteFile): void {
  try {
    run(file, 'rollback')
  } catch {}
}

interface DoneJob {
  readonly events: readonly StoredEvent[]
  readonly verdict: Verdict
}

async function runJob(tx: Kysely<Tables>, { file, epoch, limits }: WriterWorld, { name, input, now }: Job): Promise<DoneJob> {
  const events: StoredEvent[] = []
  const unit: WriteUnit = { epoch, limits, tx, now, report: (event) => events.push(event) }
  const command = commands[name] as (unit: WriteUnit, input: unknown) => Promise<unknown>
  run(file, 'savepoint job')
  try {
    const value = await command(unit, input)
    run(file, 'release job')
    return { events, verdict: { value } }
  } catch (error) {
    run(file, 'rollback to job')
    run(file, 'release job')
    return { events: [], verdict: { error: toPlainError(error) } }
  }
}
