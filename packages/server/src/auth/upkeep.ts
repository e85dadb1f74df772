import type { Logger } from 'pino'
import type { Clock } from '../clock.js'
import { errorFacts } from '../log.js'
import type { Db } from '../store/database.js'
import type { SessionStore } from '../store/session-store.js'
import type { TicketStore } from '../store/ticket-store.js'
import type { Hub } from '../wire/hub.types.js'

/** What is kept up, and with what. */
export interface UpkeepOptions {
  readonly db: Db
  readonly sessions: SessionStore
  readonly tickets: TicketStore
  readonly hub: Hub
  readonly clock: Clock
  readonly log: Logger
}

/** Keeps sign-ins true to what happens on their sockets, and ends those that ran out. */
export interface Upkeep {
  /** A sign-in opened a socket: what its operator writes there counts as input. */
  readonly noteSocket: (operatorId: string, session: string) => void
  readonly close: () => void
}

const sweepEveryMs = 60_000
/** Input is noted at most this often. */
const noteEveryMs = 60_000

/** Starts the upkeep: one timer, and one ear on what operators write. */
export function startUpkeep({ db, sessions, tickets, hub, clock, log }: UpkeepOptions): Upkeep {
  const socketsOf = new Map<string, { readonly sessions: Set<string>; notedAt: number }>()
  let stopTimer: () => void = () => {}

  const report = (error: unknown): void => log.error(errorFacts(error), 'upkeep failed')

  async function sweep(): Promise<void> {
    const now = clock.now()
    const ended = await sessions.removeExpired(now)
    for (const session of ended) hub.dropSession(session)
    for (const [operator, { sessions: open }] of socketsOf) {
      for (const session of ended) open.delete(session)
      if (open.size === 0) socketsOf.delete(operator)
    }
    await tickets.removeExpired(now)
  }

  function schedule(): void {
    stopTimer = clock.setTimer(() => void sweep().catch(report).finally(schedule), sweepEveryMs)
  }

  const stopListening = db.onCommit((events) => {
    const now = clock.now()
    for (const { by } of events) {
      const known = by.role === 'agent' ? socketsOf.get(by.id) : undefined
      if (!known || now - known.notedAt < noteEveryMs) continue
      known.notedAt = now
      void sessions.touch([...known.sessions], now).catch(report)
    }
  })
  schedule()

  return {
    noteSocket(operatorId, session) {
      const known = socketsOf.get(operatorId) ?? { sessions: new Set<string>(), notedAt: 0 }
      known.sessions.add(session)
      socketsOf.set(operatorId, known)
    },
    close() {
      stopTimer()
      stopListening()
    }
  }
}
