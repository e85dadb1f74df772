import type { Connection, Message } from '@porchlight/core'
import { atom, type ReadableAtom } from 'nanostores'
import { carryUnread, type RowReading, readOrder } from '../inbox/unread.js'
import type { Inbox } from './inbox.js'

/** Unread messages by conversation. */
export interface UnreadCounts {
  readonly $counts: ReadableAtom<ReadonlyMap<string, number>>
  readonly stop: () => void
}

/** Entries of a log that are looked through for one count. */
const readMax = 200
/** How often a log that goes on while it is read is read again. */
const attemptsMax = 3

/** Counts what nobody has read, conversation by conversation; asks a log, one after the other, where the rows cannot tell. */
export function createUnreadCounts(inbox: Inbox, connection: Connection): UnreadCounts {
  const $counts = atom<ReadonlyMap<string, number>>(new Map())
  let seen: ReadonlyMap<string, RowReading & { readonly count: number }> = new Map()
  let questions: Promise<void> = Promise.resolve()
  let isStopped = false

  const look = (): void => {
    const { conversations } = inbox.$rows.get()
    const reads = inbox.$reads.get()
    const next = new Map<string, RowReading & { readonly count: number }>()
    for (const row of conversations.values()) {
      const reading = { row, read: readOrder(row.c, conversations, reads) }
      const { count, isExact } = carryUnread(reading, seen.get(row.c))
      next.set(row.c, { ...reading, count })
      if (!isExact && row.chat) questions = questions.then(() => ask(row.c))
    }
    seen = next
    show()
  }

  const show = (): void => {
    const counts = new Map([...seen].map(([c, { row, count }]) => [c, row.chat ? count : 0]))
    const held = $counts.get()
    if (held.size !== counts.size || [...counts].some(([c, count]) => held.get(c) !== count)) $counts.set(counts)
  }

  /** A count that came too late, because the log went on, is asked for again. Without a session the estimate stays. */
  const ask = async (c: string, attempt = 1): Promise<void> => {
    const reading = seen.get(c)
    if (isStopped || !reading || reading.count === 0) return
    const after = { c, epoch: reading.row.epoch, have: reading.read }
    const page = await connection.withSession((session) => session.history({ c, after, limit: readMax })).catch(() => null)
    const now = seen.get(c)
    if (page === null || !now || now.count === 0) return
    const isLate = now.row.head !== page.log.head || now.read !== reading.read
    if (isLate && attempt < attemptsMax) return ask(c, attempt + 1)
    seen = new Map(seen).set(c, { ...now, count: Math.max(1, countMessages(page.messages)) })
    show()
  }

  const stops = [inbox.$rows.listen(look), inbox.$reads.listen(look)]
  look()
  return {
    $counts,
    stop: () => {
      isStopped = true
      for (const stop of stops) stop()
    }
  }
}

/** The customer's messages behind the newest of an operator. */
function countMessages(messages: readonly Message[]): number {
  const answered = messages.findLastIndex(({ by, k }) => by.role === 'agent' && k === 'text')
  return messages.slice(answered + 1).filter(({ by, k }) => by.role === 'visitor' && (k === 'text' || k === 'file')).length
}
