import { ChatError } from '@porchlight/protocol'

/** Questions on their way, by the id that their answer carries. */
export interface PendingAnswers<T> {
  /** Waits for the answer; rejects with `timeout` after `waitMs`. */
  readonly ask: (id: string, waitMs: number) => Promise<T>
  /** An answer came; whether somebody waited for it. */
  readonly answer: (id: string, value: T) => boolean
  readonly refuse: (id: string, error: ChatError) => boolean
  /** Nothing will be answered any more: refuses what waits, and whatever is asked later. */
  readonly close: (error: ChatError) => void
  readonly isEmpty: () => boolean
}

interface Waiting<T> {
  readonly resolve: (value: T) => void
  readonly reject: (error: ChatError) => void
  readonly timer: ReturnType<typeof setTimeout>
}

/** Nothing asked yet. */
export function createPendingAnswers<T>(): PendingAnswers<T> {
  const waiting = new Map<string, Waiting<T>>()
  let end: ChatError | undefined
  const take = (id: string): Waiting<T> | undefined => {
    const found = waiting.get(id)
    if (found) clearTimeout(found.timer)
    waiting.delete(id)
    return found
  }
  const refuse = (id: string, error: ChatError): boolean => {
    const found = take(id)
    found?.reject(error)
    return found !== undefined
  }
  return {
    ask: (id, waitMs) =>
      new Promise((resolve, reject) => {
        if (end) return reject(end)
        const timer = setTimeout(() => refuse(id, new ChatError('timeout', 'no answer in time')), waitMs)
        waiting.set(id, { resolve, reject, timer })
      }),
    answer: (id, value) => {
      const found = take(id)
      found?.resolve(value)
      return found !== undefined
    },
    refuse,
    close: (error) => {
      end = error
      for (const id of [...waiting.keys()]) refuse(id, error)
    },
    isEmpty: () => waiting.size === 0
  }
}
