import { limits } from '@porchlight/protocol'
import type { StoredEvent } from '../store/stored-event.js'

/** One log that a connection follows. */
interface Followed {
  /** First event to send on; undefined while the snapshot is being read. */
  next: number | undefined
  head: number
  hasMoved: boolean
  /** What came while the snapshot was read. */
  held: { readonly event: StoredEvent; readonly text: string }[]
}

/** Options of {@link createFollowedLogs}. */
export interface FollowedLogsOptions {
  readonly follow: (c: string) => void
  readonly unfollow: (c: string) => void
  readonly send: (text: string) => void
}

/** The logs that a connection follows: between a snapshot and what comes after it there is neither a hole nor a double. */
export interface FollowedLogs {
  /** Starts to hold what comes, before the snapshot is read. False when the log is followed already. */
  readonly begin: (c: string) => boolean
  /** The snapshot reached `head`: sends what came after it, and goes on. Without a head the log is not for this connection. */
  readonly settle: (c: string, head: number | undefined) => void
  readonly drop: (c: string) => void
  readonly has: (c: string) => boolean
  readonly onEvent: (event: StoredEvent, text: string) => void
  /** Heads that moved since the last call. */
  readonly takeMovedHeads: () => Readonly<Record<string, number>>
  /** Lets go of all of them, for good. */
  readonly clear: () => void
}

/** Makes an empty set of followed logs. */
export function createFollowedLogs({ follow, unfollow, send }: FollowedLogsOptions): FollowedLogs {
  const logs = new Map<string, Followed>()
  let isOver = false

  function drop(c: string): void {
    if (logs.delete(c)) unfollow(c)
  }

  function pass(log: Followed, event: StoredEvent, text: string): void {
    if (event.seq < (log.next as number)) return
    log.next = event.seq + 1
    send(text)
  }

  return {
    begin: (c) => {
      // A connection can end while its hello is still being answered; what it began to follow then, nobody would end.
      if (isOver || logs.has(c)) return false
      const oldest = logs.size >= limits.subscriptionsMax ? [...logs.keys()].find((known) => !known.startsWith('inbox:')) : undefined
      if (oldest !== undefined) drop(oldest)
      logs.set(c, { next: undefined, head: 0, hasMoved: false, held: [] })
      follow(c)
      return true
    },
    settle: (c, head) => {
      const log = logs.get(c)
      if (log?.next !== undefined || !log) return
      if (head === undefined) return drop(c)
      log.next = head + 1
      log.head = Math.max(log.head, head)
      for (const { event, text } of log.held.splice(0)) pass(log, event, text)
    },
    drop,
    has: (c) => logs.get(c)?.next !== undefined,
    onEvent: (event, text) => {
      const log = logs.get(event.c)
      if (!log) return
      log.head = Math.max(log.head, event.seq)
      log.hasMoved = true
      if (log.next === undefined) log.held.push({ event, text })
      else pass(log, event, text)
    },
    takeMovedHeads: () => {
      const moved = [...logs].filter(([, log]) => log.hasMoved)
      for (const [, log] of moved) log.hasMoved = false
      return Object.fromEntries(moved.map(([c, log]) => [c, log.head]))
    },
    clear: () => {
      isOver = true
      for (const c of [...logs.keys()]) drop(c)
    }
  }
}
