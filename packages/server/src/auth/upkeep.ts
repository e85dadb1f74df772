import type { Logger } from 'pino'
import type { Clock } from '../clock.js'
import { errorFacts } from '../log.js'
import type { Db } from '../store/database.js'
import type { SessionStore } from '../store/session-store.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { TicketStore } from '../store/ticket-store.js'
import type { Hub } from '../wire/hub.types.js'

/** What is kept up, and with what. */
export interface UpkeepOptions {
  readonly db: Pick<Db, 'onCommit'>
  readonly sessions: Pick<SessionStore, 'removeExpired' | 'touch'>
  readonly tickets: Pick<TicketStore, 'removeExpired'>
  readonly hub: Pick<Hub, 'dropSession'>
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

/** Sign-ins of one operator that opened sockets. */
interface SocketUse {
  readonly sessions: Set<string>
  notedAt: number
}

/** Starts the upkeep: one timer, and one ear on what operators write. */
export function startUpkeep({ db, sessions, tickets, hub, clock, log }: UpkeepOptions): Upkeep {
  const uses = new Map<string, SocketUse>()
  const report = (error: unknown): void => log.error(errorFacts(error), 'upkeep failed')
  let stopTimer: () => void = () => {}
  let isClosed = false

  async function sweep(): Promise<void> {
    const now = clock.now()
    const ended = await sessions.removeExpired(now)
    for (const session of ended) hub.dropSession(session)
    forget(uses, ended)
    await tickets.removeExpired(now)
  }

  function noteInput(events: readonly StoredEvent[]): void {
    const now = clock.now()
    for (const { by } of events) {
      const use = by.role === 'agent' ? uses.get(by.id) : undefined
      if (!use || now - use.notedAt < noteEveryMs) continue
      use.notedAt = now
      sessions.touch([...use.sessions], now).catch((error) => {
        // The next input is noted, however soon it comes.
        use.notedAt = 0
        report(error)
      })
    }
  }

  function schedule(): void {
    if (isClosed) return
    stopTimer = clock.setTimer(() => void sweep().catch(report).finally(schedule), sweepEveryMs)
  }

  const stopListening = db.onCommit(noteInput)
  schedule()
  return {
    noteSocket(operatorId, session) {
      const use = uses.get(operatorId) ?? { sessions: new Set<string>(), notedAt: 0 }
      use.sessions.add(session)
      uses.set(operatorId, use)
    },
    close() {
      isClosed = true
      stopTimer()
      stopListening()
    }
  }
}

function forget(uses: Map<string, SocketUse>, ended: readonly string[]): void {
  for (const [operator, { sessions }] of uses) {
    for (const session of ended) sessions.delete(session)
    if (sessions.size === 0) uses.delete(operator)
  }
}
