import { toChatError } from '@porchlight/protocol'
import type { RequestAccepted, Session } from '../adapter.js'
import { retryDelayMs } from '../connection/backoff.js'
import type { Env } from '../env/env.js'
import { askRequest } from './ask-request.js'
import type { Drafts } from './drafts.js'

/** How long the page that made a request has, if it still lives. */
const ownerMs = 5_000

/** What {@link createStrayRequests} works with. */
export interface StrayRequestsOptions {
  readonly env: Env
  readonly locale?: string | undefined
  readonly drafts: Pick<Drafts, 'allHeld' | 'claim' | 'release'>
  readonly session: () => Session | null
  /** This page sends it itself. */
  readonly isOwn: (id: string) => boolean
  readonly onAccepted: (accepted: RequestAccepted, id: string) => void
}

/** Requests that other pages of this browser hold, or held when they died. */
export interface StrayRequests {
  /** Sends them, in a while, if they still wait then. */
  readonly look: () => void
  /** They are forgotten. */
  readonly clear: () => void
}

/**
 * Sends what other pages left, unseen. Whether such a page still lives is not asked: the key is the same. What is not accepted stays where it is:
 * it is its page's to say why, or the next one's.
 */
export function createStrayRequests(options: StrayRequestsOptions): StrayRequests {
  const { env, drafts } = options
  let round = 0
  let attempt = 0
  let isSending = false
  let stopWaiting: (() => void) | undefined
  const passedOver = new Set<string>()

  const lookIn = (delayMs: number) => {
    if (isSending) return
    stopWaiting ??= env.setTimer(() => void send(), delayMs)
  }

  const send = async () => {
    stopWaiting = undefined
    isSending = true
    const mine = round
    const isHeld = () => mine === round
    let delayMs: number | undefined
    for (const sent of await drafts.allHeld()) {
      const session = options.session()
      if (!session || !isHeld()) break
      if (options.isOwn(sent.id) || passedOver.has(sent.id)) continue
      const asking = askRequest(sent, { ...options, session, isHeld, bind: drafts.claim })
      const answer = await asking.catch((error: unknown) => toChatError(error, 'network'))
      if (!isHeld()) break
      if ('reference' in answer) {
        attempt = 0
        await drafts.release(sent.id)
        options.onAccepted(answer, sent.id)
      } else if ('code' in answer && answer.retry === 'later') delayMs = retryDelayMs(env, attempt++, answer.afterMs)
      else if (!('code' in answer) || answer.retry === 'never') passedOver.add(sent.id)
    }
    isSending = false
    // Without a session the next one looks.
    if (delayMs !== undefined && isHeld() && options.session()) lookIn(delayMs)
  }

  return {
    look: () => lookIn(ownerMs),
    clear: () => {
      round++
      stopWaiting?.()
      stopWaiting = undefined
      passedOver.clear()
    }
  }
}
