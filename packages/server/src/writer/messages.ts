import type { MessagePort } from 'node:worker_threads'
import type { RateOverrides } from '../limits/limits.types.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { CommandName } from './commands.js'
import type { PlainError } from './plain-error.js'

/** One change that is asked for: a command, what it works with, and the instant that it carries. */
export interface Job {
  readonly name: CommandName
  readonly input: unknown
  readonly now: number
}

/** Jobs of one turn of the event loop, in order; or that nothing more comes. */
export type Order = readonly Job[] | 'close'

/** What became of one job. */
export type Verdict = { readonly value: unknown } | { readonly error: PlainError }

/** One commit: verdicts in the order of the jobs, and the events that it stored. */
export interface Committed {
  readonly events: readonly StoredEvent[]
  readonly verdicts: readonly Verdict[]
}

/** What the writing side is started with. */
export interface WritesOptions {
  readonly path: string
  readonly epoch: string
  /** Rates that differ from the built-in ones. */
  readonly rates: RateOverrides
}

/** The same with the line to whoever asks. */
export interface ThreadData extends WritesOptions {
  readonly port: MessagePort
}
