import { ChatError, type ClientFrame } from '@porchlight/protocol'
import { type Action, mayOnSite } from '../auth/policy.js'
import type { Subject } from '../chat/subject.js'
import { inboxOf } from '../store/inbox-store.js'
import { errFrame, nackFrame } from './error-frames.js'
import type { Speaker } from './speaker.js'

type FrameActions = { readonly [T in ClientFrame['t']]: (frame: Extract<ClientFrame, { t: T }>, site: string) => readonly Action[] }

/** What each frame asks of the policy, as each route does. A frame without a line here does not compile. */
export const frameActions: FrameActions = {
  hello: ({ subs = [] }, site) => ['socket.open', ...subs.map(({ c }) => readingOf(c, site))],
  open: () => ['conversation.open'],
  pub: () => ['message.send'],
  fetch: ({ c }, site) => [readingOf(c, site)],
  // How far somebody reads the inbox is told to nobody, so it is part of reading it.
  cur: ({ c }, site) => [c === inboxOf(site) ? 'inbox.read' : 'cursor.move'],
  typing: () => ['typing.show'],
  ping: () => ['socket.open'],
  pong: () => ['socket.open'],
  auth: () => ['credential.renew'],
  bye: () => ['socket.open']
}

function readingOf(c: string, site: string): Action {
  return c === inboxOf(site) ? 'inbox.read' : 'conversation.read'
}

/** Whether the subject may say a frame. Visitors may say every one: what is not theirs is not there for them. */
export function maySay(subject: Subject, frame: ClientFrame): boolean {
  if (subject.kind === 'visitor') return true
  const actionsOf = frameActions[frame.t] as (frame: ClientFrame, site: string) => readonly Action[]
  return actionsOf(frame, subject.site).every((action) => mayOnSite(subject.role, action))
}

/**
 * Answers a frame that its subject may not say. What wants no answer gets none.
 *
 * @throws {ChatError} Where the connection must end.
 */
export function refuseFrame({ answer }: Pick<Speaker, 'answer'>, frame: ClientFrame, code: 'forbidden' | 'auth_expired' = 'forbidden'): void {
  const error = new ChatError(code, `this account may not say ${frame.t}`)
  if (frame.t === 'open' || frame.t === 'pub') answer(nackFrame(frame.id, error.code))
  else if (frame.t === 'fetch') answer(errFrame(error, frame.rid))
  else if (frame.t !== 'cur' && frame.t !== 'typing') throw error
}
