import type { Participant } from '@porchlight/protocol'
import type { Message } from '../adapter.js'
import type { ChatMessage, ConversationView } from '../chat.types.js'
import type { PendingMessage } from '../connection.types.js'
import type { ReceiptMap } from '../log/receipts.js'

/** What a view of a log is made of. */
export interface ViewInputs {
  readonly messages: readonly Message[]
  readonly pending: readonly PendingMessage[]
  readonly you: Participant
  readonly receipts: ReceiptMap
}

/** The log as its visitor sees it: what is stored, then what is on its way. */
export function viewMessages({ messages, pending, you, receipts }: ViewInputs): readonly ChatMessage[] {
  const others = Object.values(receipts).filter(({ by }) => by.id !== you.id)
  const delivered = Math.max(0, ...others.map((receipt) => receipt.delivered))
  const read = Math.max(0, ...others.map((receipt) => receipt.read))
  const ownState = (order: number) => (order <= read ? 'read' : order <= delivered ? 'delivered' : 'sent')
  const stored = messages.map((message): ChatMessage => {
    const own = message.by.role === 'visitor' && message.by.id === you.id
    return { ...message, own, state: own ? ownState(message.order) : 'received' }
  })
  const have = messages.at(-1)?.order ?? 0
  const isThere = new Set(messages.map(({ id }) => id))
  const waiting = pending.filter(({ id }) => !isThere.has(id))
  const unsent = waiting.map(({ n: _, ...item }, index): ChatMessage => ({ ...item, cursor: '', order: have + 1 + index, by: you, own: true }))
  return [...stored, ...unsent]
}

/** How many texts of others stand above `read`. */
export function countUnread(messages: readonly Message[], read: number): number {
  return messages.filter(({ order, by, k }) => order > read && (by.role === 'agent' || by.role === 'bot') && (k === 'text' || k === 'file')).length
}

/** What the log says about the conversation itself. */
export type Standing = Pick<ConversationView, 'state' | 'assignee'>

/** Reads the standing of a conversation from its events; `state` is what is known from elsewhere when they say nothing. */
export function standingOf(messages: readonly Message[], state: ConversationView['state'] = 'open'): Standing {
  let now: Standing = { state, assignee: null }
  for (const { k, body } of messages) {
    if (k === 'status') now = body['status'] === 'closed' ? { state: 'closed', assignee: null } : { ...now, state: 'open' }
    else if (k === 'assigned') now = { ...now, assignee: (body['operator'] as Standing['assignee'] | undefined) ?? null }
  }
  return now
}
