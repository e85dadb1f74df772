import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { CrowdOptions, CrowdReport } from './crowd.js'
import type { CrowdQuestion } from './crowd-process.js'
import type { MemorySample } from './memory-slope.js'

/** A crowd in a process of its own. */
export interface RemoteCrowd {
  readonly strike: (number: number) => Promise<string>
  readonly settle: () => Promise<void>
  readonly judge: () => Promise<CrowdReport & { readonly samples: readonly MemorySample[] }>
  readonly close: () => Promise<void>
}

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** Starts `file`, which is `crowd-process` as one file of plain JavaScript. */
export async function startCrowd(file: string, options: CrowdOptions): Promise<RemoteCrowd> {
  const child = fork(file, { execArgv: ['--expose-gc'] })
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
    for (const { reject } of waiting.values()) reject(new Error(`a crowd ended by itself with ${code}`))
  })
  const ask = (question: CrowdQuestion): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++count
      waiting.set(id, { resolve, reject })
      child.send({ id, question }, (error) => error && reject(error))
    })
  await ask({ ask: 'open', options })
  return {
    strike: (number) => ask({ ask: 'strike', number }) as Promise<string>,
    settle: () => ask({ ask: 'settle' }) as Promise<void>,
    judge: () => ask({ ask: 'judge' }) as ReturnType<RemoteCrowd['judge']>,
    close: async () => {
      if (child.connected) child.disconnect()
      await ended
    }
  }
}
