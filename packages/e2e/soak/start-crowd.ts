import { startAsked } from '../harness/asked-process.js'
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

/** Starts `file`, which is `crowd-process` as one file of plain JavaScript. */
export async function startCrowd(file: string, options: CrowdOptions): Promise<RemoteCrowd> {
  const child = startAsked(file, ['--expose-gc'])
  const ask = (question: CrowdQuestion) => child.ask(question)
  await ask({ ask: 'open', options })
  return {
    strike: (number) => ask({ ask: 'strike', number }) as Promise<string>,
    settle: () => ask({ ask: 'settle' }) as Promise<void>,
    judge: () => ask({ ask: 'judge' }) as ReturnType<RemoteCrowd['judge']>,
    close: child.close
  }
}
