import type { ConversationRow, OperatorPresence, RequestRow } from '@porchlight/protocol'
import { readConversationRow, readPresence, readRequestRow } from '../stores/read-rows.js'
import { readAs } from '../stores/reader.js'

/** The rows of a site by their ids, as one immutable value. */
export interface InboxRows {
  readonly conversations: ReadonlyMap<string, ConversationRow>
  readonly requests: ReadonlyMap<string, RequestRow>
  readonly operators: ReadonlyMap<string, OperatorPresence>
}

/** A site with nothing in it. */
export const emptyInbox: InboxRows = { conversations: new Map(), requests: new Map(), operators: new Map() }

/**
 * Applies one entry of an inbox log. Each carries a whole row, so applying one twice changes nothing; a kind of a newer server, or data that
 * does not fit, leaves the rows as they are.
 */
export function applyInboxEvent(rows: InboxRows, kind: string, data: unknown): InboxRows {
  switch (kind) {
    case 'conversation.changed': {
      const row = readAs(readConversationRow, data)
      return row ? withConversation(rows, row) : rows
    }
    case 'request.changed': {
      const row = readAs(readRequestRow, data)
      return row ? withRequest(rows, row) : rows
    }
    case 'presence.changed': {
      const row = readAs(readPresence, data)
      return row ? { ...rows, operators: withRow(rows.operators, row.id, row) } : rows
    }
    default:
      return rows
  }
}

/** The rows with this one, in place of an older state of it. */
export function withConversation(rows: InboxRows, row: ConversationRow): InboxRows {
  return { ...rows, conversations: withRow(rows.conversations, row.c, row) }
}

/** The rows with this one, in place of an older state of it. */
export function withRequest(rows: InboxRows, row: RequestRow): InboxRows {
  return { ...rows, requests: withRow(rows.requests, row.id, row) }
}

/** The rows of a snapshot, by id. */
export function indexRows(lists: {
  readonly conversations: readonly ConversationRow[]
  readonly requests: readonly RequestRow[]
  readonly operators: readonly OperatorPresence[]
}): InboxRows {
  return {
    conversations: new Map(lists.conversations.map((row) => [row.c, row])),
    requests: new Map(lists.requests.map((row) => [row.id, row])),
    operators: new Map(lists.operators.map((row) => [row.id, row]))
  }
}

function withRow<T>(rows: ReadonlyMap<string, T>, id: string, row: T): ReadonlyMap<string, T> {
  return new Map(rows).set(id, row)
}
