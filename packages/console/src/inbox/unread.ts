import type { ConversationRow, RequestRow } from '@porchlight/protocol'

/** What has been read here but may not have come back from the server yet: highest order by log. */
export type OwnReads = Readonly<Record<string, number>>

/** Up to where a log was read, by any operator. */
export function readOrder(c: string, conversations: ReadonlyMap<string, ConversationRow>, reads: OwnReads): number {
  return Math.max(conversations.get(c)?.read ?? 0, reads[c] ?? 0)
}

/** A row, and up to where its log was read when it was looked at. */
export interface RowReading {
  readonly row: ConversationRow
  readonly read: number
}

/** How many of the customer's messages nobody has read. Not exact: the log itself has to be asked. */
export interface UnreadCount {
  readonly count: number
  readonly isExact: boolean
}

/**
 * Carries a count of unread messages on from one state of a row to the next. A row says how long its log is, but not how much of it are
 * messages; so what comes in while somebody looks is counted one by one, and the rest is left to be asked for.
 *
 * Nothing is unread behind an operator's own newest word: who answers has read.
 *
 * @param before What was counted last; undefined for a row that is new here.
 */
export function carryUnread({ row, read }: RowReading, before: (RowReading & { readonly count: number }) | undefined): UnreadCount {
  if (row.preview?.by !== 'visitor' || read >= row.head) return { count: 0, isExact: true }
  if (before === undefined || before.row.epoch !== row.epoch) return { count: 1, isExact: false }
  const isPartlyRead = read > before.read && before.count > 0
  const isNewMessage = before.row.preview?.at !== row.preview.at || before.row.preview.text !== row.preview.text
  return { count: before.count + Number(isNewMessage), isExact: !isPartlyRead }
}

/** Whether nobody has looked at a request whose log was read up to `order`. Probable spam does not call. */
export function isUnreadRequest(row: RequestRow, order: number): boolean {
  return row.state === 'new' && !row.spam && order < row.seq
}
