import type { ChatMessage, RequestView } from '@porchlight/core'
import { operatorOf, requestOf } from '../panel/entry-content.js'

/** Kinds that stand in bubbles, and so in groups. */
export function isBubble({ k }: ChatMessage): boolean {
  return k === 'text'
}

/** Ids of the messages that show how far they came: the newest own one of each state, and every one that failed. */
export function receiptIds(messages: readonly ChatMessage[]): ReadonlySet<string> {
  const shown = new Set<string>()
  const seen = new Set<ChatMessage['state']>()
  for (const { id, own, k, state } of [...messages].reverse()) {
    if (!own || k !== 'text' || (seen.has(state) && state !== 'failed')) continue
    seen.add(state)
    shown.add(id)
  }
  return shown
}

/** The first of the newest `unread` messages of others, or undefined. */
export function firstUnreadId(messages: readonly ChatMessage[], unread: number): string | undefined {
  if (unread <= 0) return undefined
  return messages.filter((message) => !message.own && isBubble(message)).at(-unread)?.id
}

/** Messages of others behind the one that was seen last. */
export function othersAfter(messages: readonly ChatMessage[], seenId: string | undefined): readonly ChatMessage[] {
  const from = messages.findIndex(({ id }) => id === seenId) + 1
  return messages.slice(from).filter((message) => !message.own && isBubble(message))
}

/**
 * Adds the entry of an accepted request while the log does not show it yet, or where the backend keeps none, and leaves out
 * announcements that the next one repeats.
 */
export function withReceipt(messages: readonly ChatMessage[], { state, receipt, fields }: RequestView): readonly ChatMessage[] {
  const shown = messages.filter((message, index) => !isRepeated(message, messages[index + 1]))
  if (
    state !== 'accepted' ||
    !receipt ||
    messages.some((message) => message.k === 'request' && requestOf(message)?.reference === receipt.reference)
  ) {
    return shown
  }
  const { reference, createdAt } = receipt
  const id = `receipt-${reference}`
  const by = { role: 'visitor', id: '' } as const
  const entry: ChatMessage = {
    c: '',
    id,
    cursor: '',
    order: 0,
    at: createdAt,
    by,
    k: 'request',
    body: { reference, fields },
    own: true,
    state: 'sent'
  }
  return [...shown, entry]
}

/** Somebody who joins and is handed the chat in the same breath, in either order, is named once. */
function isRepeated(message: ChatMessage, next: ChatMessage | undefined): boolean {
  if (message.k === 'joined') return next?.k === 'assigned' && operatorOf(next)?.id === message.by.id
  return message.k === 'assigned' && next?.k === 'joined' && operatorOf(message)?.id === next.by.id
}

/** A row's identity: a request keeps it when its entry arrives after its receipt. */
export function rowKey(entry: ChatMessage): string {
  return (entry.k === 'request' && requestOf(entry)?.reference) || entry.id
}
