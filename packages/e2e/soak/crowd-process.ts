import { answerQuestions } from '../harness/asked-process.js'
import { type Crowd, type CrowdOptions, openCrowd } from './crowd.js'
import { heldBytes } from './held-bytes.mjs'
import type { MemorySample } from './memory-slope.js'

/** What a crowd in a process of its own is asked for; each question has one answer. */
export type CrowdQuestion =
  | { readonly ask: 'open'; readonly options: CrowdOptions }
  | { readonly ask: 'strike'; readonly number: number }
  | { readonly ask: 'settle' }
  | { readonly ask: 'judge' }

const sampleEveryMs = 5_000

/** Answers the process that started this one, until that lets go. */
export function serveCrowd(): void {
  const samples: MemorySample[] = []
  let crowd: Crowd | undefined
  const sampling = setInterval(async () => {
    // Node keeps what it measured of the first 250 calls of `fetch`.
    performance.clearResourceTimings()
    const bytes = await heldBytes(() => globalThis.gc?.())
    samples.push({ at: Date.now(), bytes })
  }, sampleEveryMs)

  async function answer(question: CrowdQuestion): Promise<unknown> {
    if (question.ask === 'open') {
      crowd = await openCrowd(question.options)
      return null
    }
    if (!crowd) throw new Error('the crowd is not there yet')
    if (question.ask === 'strike') return crowd.strike(question.number)
    if (question.ask === 'judge') return { ...(await crowd.judge()), samples }
    await crowd.settle()
    clearInterval(sampling)
    return null
  }

  answerQuestions(answer)
}

serveCrowd()
