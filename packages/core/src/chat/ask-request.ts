import { ChatError, toChatError } from '@porchlight/protocol'
import type { RequestAccepted, RequestRefused, Session } from '../adapter.js'
import type { Env } from '../env/env.js'
import { inTime } from '../env/in-time.js'
import type { HeldRequest } from './drafts.js'

/** Longest wait for the backend's word before the request counts as held. */
const answerMs = 15_000

/** A backend may have it, under somebody who is not this visitor any more: nobody will ever say whether. */
export const uncertain: RequestRefused = { problems: {} }

/** How a request goes out. */
export interface AskRequestOptions {
  readonly env: Env
  readonly locale?: string | undefined
  readonly session: Session
  /** Whether it is still to go out: it may be forgotten at any moment. */
  readonly isHeld: () => boolean
  /** Keeps the request, which says now under whom it goes out. */
  readonly bind: (bound: HeldRequest) => Promise<void>
}

/** Hands a request to a session. Before that it is noted under whom: for anybody else its outcome is unknown for ever. */
export async function askRequest(sent: HeldRequest, options: AskRequestOptions): Promise<RequestAccepted | RequestRefused | ChatError> {
  const { env, session, isHeld } = options
  if (!session.request) throw new ChatError('unsupported', 'no requests')
  const { madeBy, sentBy, ...draft } = sent
  const you = session.you.id
  if (sentBy === undefined && isHeld()) await options.bind({ ...sent, sentBy: you })
  if (!isHeld() || (sentBy ?? you) !== you) return uncertain
  const sending = session.request({ ...draft, page: env.page()?.url, locale: options.locale })
  const answer = await inTime(env, sending, answerMs).catch((error: unknown) => toChatError(error, 'network'))
  // Of another visitor's key it is not known whether that was with other words.
  return 'code' in answer && answer.code === 'id_conflict' && madeBy !== you ? uncertain : answer
}
