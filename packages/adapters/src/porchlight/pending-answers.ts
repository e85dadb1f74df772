import { ChatError } from '@porchlight/protocol'

/** Questions on their way, by the id that their answer carries. */
export interface PendingAnswers<T> {
  /** Waits for the answer; rejects with `timeout` after `waitMs`. */
  readonly ask: (id: string, waitMs: number) => Promise<T>
  readonly answer: (id: string, value: T) => void
  readonly refuse: (id: string, error: ChatError) => void
  /** Nothing will be answered any more: refuses what waits, and whatever is asked later. */
  readonly close: (error: ChatError) => void
  readonly isEmpty: () => boolean
}

interface Waiting<T> {
  readonly resolve: (value: T) => void
  readonly reject: (error: ChatError) => void
}

/** Nothing asked yet. */
export function createPendingAnswers<T>(): PendingAnswers<T> {
  const waiting = new Map<string, Waiting<T>>()
  let end: ChatError | undefined
  const refuse = (id: string, error: ChatError) => waiting.get(id)?.reject(error)
  return {
    ask: (id, waitMs) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      return new Promise<T>((resolve, reject) => {
        if (end) return reject(end)
        waiting.set(id, { resolve, reject })
        timer = setTimeout(() => refuse(id, new ChatError('timeout', 'no answer in time')), waitMs)
      }).finally(() => {
        clearTimeout(timer)
        waiting.delete(id)
      })
    },
    answer: (id, value) => waiting.get(id)?.resolve(value),
    refuse,
    close: (error) => {
      end = error
      for (const id of waiting.keys()) refuse(id, error)
    },
    isEmpty: () => waiting.size === 0
  }
}
