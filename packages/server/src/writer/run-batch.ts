import { CompiledQuery, type Kysely } from 'kysely'
import type { StoredEvent } from '../store/stored-event.js'
import type { Tables } from '../store/tables.js'
import { commands } from './commands.js'
import type { Committed, Job, Verdict } from './messages.js'
import { toPlainError } from './plain-error.js'
import type { WriteUnit } from './write-unit.js'

/** What every job of a writer works with. */
export type WriterWorld = Pick<WriteUnit, 'epoch' | 'limits'>

const begin = CompiledQuery.raw('begin immediate')
const commit = CompiledQuery.raw('commit')
const rollback = CompiledQuery.raw('rollback')
const mark = CompiledQuery.raw('savepoint job')
const forget = CompiledQuery.raw('release job')
const undo = CompiledQuery.raw('rollback to job')

/** Runs jobs in one transaction, each undone by itself when it throws, and resolves when they are on disk. */
export async function runBatch(tx: Kysely<Tables>, world: WriterWorld, batch: readonly Job[]): Promise<Committed> {
  try {
    const done: DoneJob[] = []
    await tx.executeQuery(begin)
    for (const job of batch) done.push(await runJob(tx, world, job))
    await tx.executeQuery(commit)
    return { events: done.flatMap(({ events }) => events), verdicts: done.map(({ verdict }) => verdict) }
  } catch (fault) {
    // A full disk may already have ended the transaction; then there is nothing to roll back, and the first error counts.
    await tx.executeQuery(rollback).catch(() => {})
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
  await tx.executeQuery(mark)
  try {
    const value = await command(unit, input)
    await tx.executeQuery(forget)
    return { events, verdict: { value } }
  } catch (error) {
    await tx.executeQuery(undo)
    await tx.executeQuery(forget)
    return { events: [], verdict: { error: toPlainError(error) } }
  }
}
