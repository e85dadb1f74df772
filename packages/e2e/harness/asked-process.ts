import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A process that answers questions. */
export interface AskedProcess {
  /** Rejects with what went wrong there, or when it ends by itself. */
  readonly ask: (question: object) => Promise<unknown>
  readonly close: () => Promise<void>
}

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** Starts `file`, plain JavaScript that calls {@link answerQuestions}. */
export function startAsked(file: string, execArgv: readonly string[] = []): AskedProcess {
  const child = fork(file, { execArgv: [...execArgv] })
  const waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }>()
  const ended = once(child, 'exit')
  let count = 0
  child.on('message', ({ id, result, error }: Answer) => {
    const each = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) each?.resolve(result)
    else each?.reject(new Error(error))
  })
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended by itself with ${code}`))
  })
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = ++count
        waiting.set(id, { resolve, reject })
        child.send({ id, question }, (error) => error && reject(error))
      }),
    close: async () => {
      if (child.connected) child.disconnect()
      await ended
    }
  }
}

/** Answers the process that started this one, until that lets go. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>): void {
  process.on('message', ({ id, question }: { readonly id: number; readonly question: Question }) => {
    answer(question).then(
      (result) => process.send?.({ id, result }),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) })
    )
  })
  process.on('disconnect', () => process.exit(0))
}
