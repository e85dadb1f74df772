import { ChatError, isChatError } from '@porchlight/protocol'
import type { StoredEvent } from '../store/stored-event.js'
import type { CommandInput, CommandName, CommandResult } from './commands.js'
import type { Committed, Job, Order, Verdict } from './messages.js'
import { fromPlainError } from './plain-error.js'
import type { WritesLine } from './start-writes.js'

/**
 * Runs a command inside a transaction and resolves after it is on disk. Those that wait together share one commit; each is undone by itself
 * when it throws.
 *
 * @param nowMs The instant that everything in it carries. Default: the machine's clock.
 * @throws {ChatError} `busy` when the disk is behind, `store_unavailable` when the commit fails, `internal` when the input is no plain data, and whatever the command throws.
 */
export type Write = <N extends CommandName>(name: N, input: CommandInput<N>, nowMs?: number) => Promise<CommandResult<N>>

/** Has commands committed by the writing side. */
export interface Writer {
  readonly write: Write
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>
  /** Ends the writing side; nothing may be asked for afterwards. */
  readonly close: () => Promise<void>
}

/** Jobs that may wait. Beyond it the disk is slower than the world, and queueing longer helps nobody. */
const maxWaiting = 2_000
/** How long the oldest may wait before no more are taken: whoever is told to come back keeps what he has to say. */
const maxWaitMs = 500
const comeBackMs = 1_000

/** What the server notes by itself and would not say again. It is little, and is taken however slow the disk is. */
const ownNotes: ReadonlySet<CommandName> = new Set([
  'lease.keep',
  'lease.drop',
  'presence.report',
  'presence.keepAttention',
  'availability.keep',
  'session.touch',
  'mail.settle'
])

interface WaitingJob {
  readonly since: number
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Whom a writer tells what. */
export interface WriterEars {
  readonly onCommit: (events: readonly StoredEvent[]) => void
  /** The file is damaged, or nobody writes any more: no later write can succeed either. */
  readonly onDamage: (error: Error) => void
}

/** Speaks to the writing side: what is asked for in one turn of the event loop goes there in one message. */
export function createWriter({ port, hold, ended }: WritesLine, { onCommit, onDamage }: WriterEars): Writer {
  const waiting: WaitingJob[] = []
  const idleWaiters: (() => void)[] = []
  let unsent: Job[] = []
  let fault: Error | null = null

  function send(): void {
    const jobs = unsent
    unsent = []
    if (fault) return
    try {
      port.postMessage(jobs satisfies Order)
    } catch {
      sendCopyable(jobs)
    }
  }

  /** Nothing of it has gone yet. What cannot be copied is its asker's fault alone; the others share their commit as if he had not asked. */
  function sendCopyable(jobs: readonly Job[]): void {
    const askers = waiting.splice(waiting.length - jobs.length)
    const copyable: Job[] = []
    for (const [index, job] of jobs.entries()) {
      const asker = askers[index] as WaitingJob
      if (isCopyable(job)) {
        waiting.push(asker)
        copyable.push(job)
      } else asker.reject(new ChatError('internal', `the input of ${job.name} holds something that cannot be copied to the writing thread`))
    }
    if (copyable.length > 0) port.postMessage(copyable satisfies Order)
    rest()
  }

  function settle(job: WaitingJob, verdict: Verdict): void {
    if ('value' in verdict) {
      job.resolve(verdict.value)
      return
    }
    const error = fromPlainError(verdict.error)
    if (isDamage(error)) onDamage(error)
    job.reject(toStoreError(error))
  }

  function rest(): void {
    if (waiting.length > 0) return
    hold(false)
    for (const resolve of idleWaiters.splice(0)) resolve()
  }

  port.on('message', ({ events, verdicts }: Committed) => {
    try {
      onCommit(events)
    } finally {
      for (const [index, job] of waiting.splice(0, verdicts.length).entries()) settle(job, verdicts[index] as Verdict)
      rest()
    }
  })
  // What is being written keeps the process alive; a writer that rests is no reason to go on.
  hold(false)

  void ended.then((error) => {
    if (error === null) return
    fault = new ChatError('store_unavailable', 'the writing thread has ended', { cause: error })
    onDamage(error)
    for (const job of waiting.splice(0)) job.reject(fault)
    rest()
  })

  function refusal(): Error | undefined {
    const oldest = waiting[0]
    if (waiting.length >= maxWaiting) return new ChatError('busy', 'too many writes wait for the disk', { afterMs: comeBackMs })
    if (oldest && performance.now() - oldest.since > maxWaitMs) return new ChatError('busy', 'the disk is slow', { afterMs: comeBackMs })
    return undefined
  }

  return {
    write: (name, input, nowMs = Date.now()) =>
      new Promise((resolve, reject) => {
        const refused = fault ?? (ownNotes.has(name) ? undefined : refusal())
        if (refused) return reject(refused)
        // After the input that this turn of the loop already holds, so that it shares the commit.
        if (unsent.length === 0) setImmediate(send)
        unsent.push({ name, input, now: nowMs })
        waiting.push({ since: performance.now(), resolve: resolve as (value: unknown) => void, reject })
        hold(true)
      }),
    idle: () => new Promise((resolve) => (waiting.length > 0 ? idleWaiters.push(resolve) : resolve())),
    close: async () => {
      hold(true)
      port.postMessage('close' satisfies Order)
      await ended
      port.close()
    }
  }
}

function isCopyable(job: Job): boolean {
  try {
    structuredClone(job)
    return true
  } catch {
    return false
  }
}

function isDamage(error: Error): boolean {
  return 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code))
}

/** Faults of the disk become `store_unavailable`: nothing was stored, and trying again may help. Others pass unchanged. */
function toStoreError(error: Error): Error {
  if (isChatError(error) || !('code' in error)) return error
  const isDiskFault = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL)/.test(String(error.code))
  return isDiskFault ? new ChatError('store_unavailable', 'the database cannot commit now', { cause: error }) : error
}
