import { setPriority } from 'node:os'
import { answerQuestions } from '../harness/asked-process.js'
import { createStormCrowd, type StormCrowd, type StormOptions } from './storm-crowd.js'

/** What a crowd in a process of its own is asked for; each question has one answer. */
export type StormQuestion =
  | { readonly ask: 'gather'; readonly options: StormOptions }
  | { readonly ask: 'brace' }
  | { readonly ask: 'write'; readonly downMs: number }
  | { readonly ask: 'come back' }

// Customers have processors of their own: on this machine they leave the server the time that it needs.
setPriority(10)

let crowd: StormCrowd | undefined

async function answer(question: StormQuestion): Promise<unknown> {
  if (question.ask === 'gather') {
    crowd = createStormCrowd(question.options)
    await crowd.gather()
    return null
  }
  if (!crowd) throw new Error('the crowd is not there yet')
  if (question.ask === 'come back') return crowd.comeBack()
  await (question.ask === 'brace' ? crowd.brace() : crowd.write(question.downMs))
  return null
}

answerQuestions(answer)
