import { ChatError } from '@porchlight/protocol'

/** When to ask again after too much waited. */
const againMs = 1_000

/** Options of {@link createTurns}. */
export interface TurnsOptions {
  readonly maxWaiting: number
  /** What waits is not begun any more. */
  readonly isOver: () => boolean
}

/** Work of one connection that is done one at a time, in the order in which it was asked for. */
export interface Turns {
  /**
   * Resolves when the work is done, or will never be begun.
   *
   * @throws {ChatError} `rate_limited` when too much waits, and whatever the work throws.
   */
  readonly take: (work: () => Promise<void>) => Promise<void>
}

/** Makes an empty queue: whoever asks for much waits for himself, and does not fill the way that he shares with others. */
export function createTurns({ maxWaiting, isOver }: TurnsOptions): Turns {
  let last: Promise<void> = Promise.resolve()
  let count = 0

  async function runAfter(earlier: Promise<void>, work: () => Promise<void>): Promise<void> {
    await earlier
    try {
      if (!isOver()) await work()
    } finally {
      count--
    }
  }

  return {
    take: async (work) => {
      if (count > maxWaiting) throw new ChatError('rate_limited', 'too much of this connection waits', { afterMs: againMs })
      count++
      const done = runAfter(last, work)
      last = done.catch(() => {})
      return done
    }
  }
}
