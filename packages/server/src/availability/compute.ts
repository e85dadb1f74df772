import type { LoadView } from '../chat/choose-operator.js'
import type { Opening } from '../hours/opening.js'
import type { KnownAvailability } from './availability.types.js'

/** An answer before it has a revision. */
export type Answer = Omit<KnownAvailability, 'rev'>

/**
 * Whether anybody answers: hours, and then who is home. It says when that ends with the hours, or when the next ones begin; and, where somebody
 * takes chats, how long a new customer has to expect to wait.
 */
export function computeAnswer(view: LoadView, opening: Opening, waitMs?: number): Answer {
  if (!opening.isOpen) return { state: 'offline', reason: opening.reason, ...(opening.opensAt === undefined ? {} : { opensAt: opening.opensAt }) }
  const answer = whoIsHome(view)
  const isChat = answer.state === 'online' || answer.state === 'busy'
  return {
    ...answer,
    ...(opening.closesAt === undefined ? {} : { closesAt: opening.closesAt }),
    ...(isChat && waitMs !== undefined ? { wait: waitMs } : {})
  }
}

/** From who is leased, who wants chats, and who has room. */
function whoIsHome({ operators, loads, capacity }: LoadView): Answer {
  if (operators.length === 0) return { state: 'offline', reason: 'no_agents' }
  const available = operators.filter(({ isAvailable }) => isAvailable)
  if (available.length === 0) return { state: 'away', reason: 'not_available' }
  const hasRoom = available.some(({ id }) => (loads.get(id) ?? 0) < capacity)
  return hasRoom ? { state: 'online', reason: 'available' } : { state: 'busy', reason: 'full' }
}

/** What a site's visitors are told: the answer for all, and those whose running chat goes on whatever it is. */
export interface View {
  readonly answer: Answer
  readonly inChat: ReadonlySet<string>
}

const level: { readonly [S in KnownAvailability['state']]: number } = { offline: 0, away: 1, busy: 2, online: 3 }

/** Whether two views tell everybody the same. */
export function isSameView(a: View, b: View): boolean {
  const isSameAnswer = JSON.stringify(a.answer) === JSON.stringify(b.answer)
  return isSameAnswer && (a.answer.state === 'online' || (a.inChat.size === b.inChat.size && [...a.inChat].every((visitor) => b.inChat.has(visitor))))
}

/** Whether the answer for all is worse with the next view. The end of one customer's chat is none: it is final, he has seen it, and it comes back by no reload. */
export function isGoingDown(from: View, to: View): boolean {
  return level[to.answer.state] < level[from.answer.state]
}
