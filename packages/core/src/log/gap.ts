import { type ChatError, limits, toChatError } from '@porchlight/protocol'
import type { HistoryPage, HistoryQuery, Session } from '../adapter.js'
import { randomFraction } from '../connection/random-fraction.js'
import type { Env } from '../env/env.js'

const retryMs = 2_000

/** What a filler works with. */
export interface FillerOptions {
  readonly env: Env
  readonly session: () => Session | null
  /** What is missing now; undefined when nothing is. */
  readonly missing: () => HistoryQuery | undefined
  /** Takes a page; answers whether it brought anything. */
  readonly onPage: (page: HistoryPage, query: HistoryQuery) => boolean
  readonly onFault: (error: ChatError) => void
}

/** Reads what is missing, one query at a time, until nothing is. */
export interface Filler {
  readonly fill: () => void
  /** The session changed: an answer on its way is of no use any more. */
  readonly restart: () => void
}

/** A filler for one log. A query that failed or brought nothing is repeated after 2 to 4 seconds, while the session lives. */
export function createFiller(options: FillerOptions): Filler {
  const { env } = options
  let round = 0
  let isBusy = false
  let stopWaiting: (() => void) | undefined

  const pause = (afterMs?: number) => {
    stopWaiting = env.setTimer(
      () => {
        stopWaiting = undefined
        fill()
      },
      afterMs ?? retryMs + retryMs * randomFraction(env.random)
    )
  }

  const read = async (session: Session, query: HistoryQuery) => {
    const mine = round
    isBusy = true
    const result = await session.history(query).catch((error: unknown) => toChatError(error, 'network'))
    if (mine !== round) return
    isBusy = false
    if ('messages' in result) {
      if (options.onPage(result, query)) fill()
      else pause()
      return
    }
    options.onFault(result)
    if (result.retry === 'later') pause(result.afterMs)
  }

  const fill = () => {
    const session = options.session()
    const query = session && !isBusy && !stopWaiting ? options.missing() : undefined
    if (session && query) void read(session, query)
  }

  return {
    fill,
    restart: () => {
      round++
      isBusy = false
      stopWaiting?.()
      stopWaiting = undefined
      fill()
    }
  }
}

/** Most entries asked for when a log is opened; older ones wait for the reader to scroll. */
export const firstPageMax = 50
/** Most entries of one page. */
export const pageMax: number = limits.pageMaxEvents
