import type { ChatError } from '@porchlight/protocol'
import type { Env } from '../env/env.js'

/** So many fresh credentials in a row are refused before it is of no use to ask for another. */
const authAttemptsMax = 3
/** So many connections in a minute that ended over a frame that could not be taken: it is this side that is at fault … */
const badFramesMax = 3
/** … and how long that minute is. */
const badFramesMs = 60_000

/** What the other side refused so far. */
export interface Refusals {
  /** Whether `error`, which is counted by this call, ends the trying for good. */
  readonly isFinal: (error: ChatError) => boolean
  /** A connection turned out to be good. */
  readonly welcomed: () => void
  /** Somebody asks for another try. */
  readonly forget: () => void
}

/** Whether a connection ended over a frame of this side. */
export function isFrameFault({ code }: ChatError): boolean {
  return code === 'invalid' || code === 'too_large'
}

/** Nothing refused yet. */
export function createRefusals(env: Pick<Env, 'monotonic'>): Refusals {
  let authFailures = 0
  let badFrames: readonly number[] = []
  const welcomed = () => {
    authFailures = 0
  }
  return {
    isFinal: (error) => {
      if (error.retry === 'auth') return ++authFailures >= authAttemptsMax
      if (!isFrameFault(error)) return error.retry === 'never'
      const now = env.monotonic()
      badFrames = [...badFrames.filter((at) => now - at < badFramesMs), now]
      return badFrames.length >= badFramesMax
    },
    welcomed,
    forget: () => {
      welcomed()
      badFrames = []
    }
  }
}
