import { limits } from '@porchlight/protocol'
import type { StoredEvent } from '../store/stored-event.js'

/** `asked`: its snapshot is being read. `near`: its events are sent. `distant`: it made room for others, and its head is told in pings. */
type Distance = 'asked' | 'near' | 'distant'

/** One log that a connection follows. */
interface Followed {
  distance: Distance
  /** It was found to be there for this connection. */
  isOwn: boolean
  /** First event to send on, when it is near. */
  next: number
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

/** What came of a wish to follow: `new` asks for a snapshot, `known` is followed already, `full` is one too many. */
export type FollowStart = 'new' | 'known' | 'full'

/** The logs that a connection follows: between a snapshot and what comes after it there is neither a hole nor a double. */
export interface FollowedLogs {
  /** Starts to hold what comes, before the snapshot is read. */
  readonly begin: (c: string) => FollowStart
  /**
   * The snapshot reached `head`: sends what came after it, and goes on; the log that was asked for longest ago may make room. Without a
   * head the log is not for this connection.
   */
  readonly settle: (c: string, head: number | undefined) => void
  /** There is no snapshot, whoever is to blame: the log is what it was before it was asked for. */
  readonly giveUp: (c: string) => void
  readonly has: (c: string) => boolean
  /** It is followed by its heads only. */
  readonly isDistant: (c: string) => boolean
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

  function begin(c: string): FollowStart {
    // A connection can end while its hello is still being answered; what it began to follow then, nobody would end.
    if (isOver) return 'known'
    const known = logs.get(c)
    if (!known && logs.size >= limits.followedMax) return 'full'
    const log = known ?? { distance: 'distant', isOwn: false, next: 0, head: 0, hasMoved: false, held: [] }
    const isNew = log.distance === 'distant'
    if (isNew) log.distance = 'asked'
    // Put last: the first of the map is the one that was asked for longest ago.
    logs.delete(c)
    logs.set(c, log)
    if (!known) follow(c)
    return isNew ? 'new' : 'known'
  }

  function settle(c: string, head: number | undefined): void {
    const log = logs.get(c)
    if (log?.distance !== 'asked') return
    if (head === undefined) {
      drop(c)
      return
    }
    log.distance = 'near'
    log.isOwn = true
    log.next = head + 1
    log.head = Math.max(log.head, head)
    for (const { event, text } of log.held.splice(0)) pass(log, event, text)
    keepFewNear(logs)
  }

  function giveUp(c: string): void {
    const log = logs.get(c)
    if (!log?.isOwn) {
      drop(c)
      return
    }
    log.distance = 'distant'
    log.held = []
  }

  function pass(log: Followed, event: StoredEvent, text: string): void {
    if (event.seq < log.next) return
    log.next = event.seq + 1
    send(text)
  }

  function onEvent(event: StoredEvent, text: string): void {
    const log = logs.get(event.c)
    if (!log) return
    log.head = Math.max(log.head, event.seq)
    log.hasMoved = true
    if (log.distance === 'asked') log.held.push({ event, text })
    if (log.distance === 'near') pass(log, event, text)
  }

  return {
    begin,
    settle,
    giveUp,
    onEvent,
    has: (c) => logs.get(c)?.isOwn === true,
    isDistant: (c) => logs.get(c)?.distance === 'distant',
    takeMovedHeads: () => takeMovedHeads(logs),
    clear: () => {
      isOver = true
      for (const c of [...logs.keys()]) drop(c)
    }
  }
}

/** Sends the events of a bounded number of logs. The operators' own log never makes room. */
function keepFewNear(logs: ReadonlyMap<string, Followed>): void {
  const near = [...logs].filter(([, { distance }]) => distance === 'near')
  const oldest = near.length > limits.subscriptionsMax ? near.find(([c]) => !c.startsWith('inbox:')) : undefined
  if (oldest) oldest[1].distance = 'distant'
}

function takeMovedHeads(logs: ReadonlyMap<string, Followed>): Readonly<Record<string, number>> {
  const moved = [...logs].filter(([, { isOwn, hasMoved }]) => isOwn && hasMoved)
  for (const [, log] of moved) log.hasMoved = false
  return Object.fromEntries(moved.map(([c, { head }]) => [c, head]))
}
