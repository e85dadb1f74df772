import type { ConversationRow, RequestRow } from '@porchlight/protocol'

/** What has been read here but may not have come back from the server yet: highest order by log. */
export type OwnReads = Readonly<Record<string, number>>

/** Up to where a log was read, by any operator. */
export function readOrder(c: string, conversations: ReadonlyMap<string, ConversationRow>, reads: OwnReads): number {
  return Math.max(conversations.get(c)?.read ?? 0, reads[c] ?? 0)
}

/**
 * How many entries of a conversation no operator has read. Nothing is unread behind an operator's own newest word, whatever the cursors say:
 * who answers has read.
 */
export function unreadCount(row: ConversationRow, reads: OwnReads): number {
  if (row.preview?.by !== 'visitor') return 0
  return Math.max(0, row.head - Math.max(row.read, reads[row.c] ?? 0))
}

/** Whether nobody has looked at a request whose log was read up to `order`. Probable spam does not call. */
export function isUnreadRequest(row: RequestRow, order: number): boolean {
  return row.state === 'new' && !row.spam && order < row.seq
}
