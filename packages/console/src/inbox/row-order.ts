import type { ConversationRow, RequestRow } from '@porchlight/protocol'

const requestRank: Readonly<Record<RequestRow['state'], number>> = { new: 0, open: 0, answered: 1, closed: 2 }

/**
 * The order of "Conversations": whoever waits longest is first, then open ones by newest activity, then closed ones.
 * Total: two different rows never compare as equal, so that no two consoles show another order.
 */
export function compareConversations(a: ConversationRow, b: ConversationRow): number {
  return (
    conversationRank(a) - conversationRank(b) ||
    (isWaiting(a) && isWaiting(b) ? a.waitingSince - b.waitingSince : b.updatedAt - a.updatedAt) ||
    compareText(a.c, b.c)
  )
}

/** The order of "Requests": unanswered ones by when they are due, so that late ones come first, probable spam after the others, then answered and closed ones, newest first. */
export function compareRequests(a: RequestRow, b: RequestRow): number {
  const rank = requestRank[a.state] - requestRank[b.state]
  if (rank !== 0) return rank
  if (requestRank[a.state] > 0) return b.updatedAt - a.updatedAt || compareText(a.id, b.id)
  return Number(a.spam) - Number(b.spam) || dueOf(a) - dueOf(b) || a.createdAt - b.createdAt || compareText(a.id, b.id)
}

/** Rows of earlier versions were promised nothing, and are older than all others. */
function dueOf({ due, createdAt }: RequestRow): number {
  return due ?? createdAt
}

/** Whether a customer waits for an answer in an open conversation. */
export function isWaiting(row: ConversationRow): row is ConversationRow & { readonly waitingSince: number } {
  return row.state === 'open' && row.waitingSince !== null
}

/** Whether a request still needs an answer. */
export function isUnanswered(row: RequestRow): boolean {
  return requestRank[row.state] === 0
}

function conversationRank(row: ConversationRow): number {
  if (row.state === 'closed') return 2
  return row.waitingSince === null ? 1 : 0
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
