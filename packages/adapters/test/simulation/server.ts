import type { ChatAdapter, ConnectContext, Message, Session } from '@porchlight/core'
import type { ManualClock } from '@porchlight/core/testing'
import { ChatError } from '@porchlight/protocol'
import { createMemoryBackend, type MemoryBackend, type MemoryCopy, type MemoryOperator, memoryAdapter } from '../../src/memory/memory-adapter.js'
import { type HistoryFact, type HistoryRecorder, type HistoryRow, recordAdapter } from '../../src/testing/index.js'
import { keyOf } from './keys.js'

/** How often the heads of logs are told, so that what was lost in silence is found. */
const headsMs = 10_000
/** How often operators who are signed in give a sign of life. */
const aliveMs = 5_000

/** A backend with the faults of a server, which writes down what it commits. */
export interface Server {
  readonly backend: MemoryBackend
  /** The way in for one party, at the server's own door. */
  readonly door: (party: string, operator?: MemoryOperator) => ChatAdapter
  readonly kill: () => void
  readonly start: () => void
  readonly isUp: () => boolean
  /** Notes what is held now, for `restore`. */
  readonly backUp: () => void
  /** Comes back from the last copy, or empty. */
  readonly restore: () => void
  /** The next messages are refused for a moment. */
  readonly limit: (count: number) => void
  /** For so long every connection is refused, with a word on when to come again, or let in and thrown out soon after. */
  readonly turnAway: (how: TurningAway, forMs: number) => void
  /** Operators who are signed in give a sign of life. */
  readonly beat: () => void
  readonly setAvailable: (operator: MemoryOperator, isAvailable: boolean) => void
  /** Texts in its rows. */
  readonly texts: () => ReadonlySet<string>
  /** Writes all that it holds into the history. */
  readonly dump: () => void
  readonly stop: () => void
}

/** How a server turns everybody away. */
export type TurningAway = 'refuses' | 'drops'

/** When a server that has no room wants to be asked again. */
const busyMs = 10_000
/** Longest time that whoever is thrown out was in. */
const inMs = 300

/** A text that the server refuses for good. */
export const refusedMark = '!'

/** A running server. */
export function createServer(clock: ManualClock, history: HistoryRecorder, random: () => number): Server {
  const record = (fact: HistoryFact) => history.record('server', fact)
  const rowOf = (message: Message): HistoryRow => ({ seq: message.order, id: message.id, by: message.by.id, key: keyOf(message) })
  const visitors = new Map<string, string>()
  const operators = new Set<MemoryOperator>()
  let limited = 0
  let turning: { readonly how: TurningAway; readonly untilMs: number } | undefined
  let copy: MemoryCopy | undefined

  const backend = createMemoryBackend({
    now: clock.now,
    refuse: (draft) => (keyOf(draft)?.startsWith(refusedMark) ? 'invalid' : undefined),
    onStored: (message, epoch) => {
      record({ type: 'stored', c: message.c, epoch, ...rowOf(message) })
    }
  })
  const empty = backend.copy()

  const tick = (callback: () => void, everyMs: number) => {
    let cancel = clock.setTimer(again, everyMs)
    function again() {
      callback()
      cancel = clock.setTimer(again, everyMs)
    }
    return () => cancel()
  }
  const beat = () => {
    for (const operator of operators) if (operator.isSignedIn()) record({ type: 'alive', operator: operator.you.id })
  }
  const stops = [
    tick(() => {
      for (const log of backend.logs()) backend.tell(log.c, { type: 'log', log: log.state() })
    }, headsMs),
    tick(beat, aliveMs)
  ]

  /** What a party may read from now on: its own logs. */
  const grant = (party: string) => {
    const own = visitors.get(party)
    for (const log of backend.logs()) record({ type: 'rights', of: party, c: log.c, isAllowed: log.visitor.id === own })
  }
  const doorOf = (party: string): MemoryBackend => ({
    ...backend,
    join: (token, device, operator) => {
      const member = backend.join(token, device, operator)
      visitors.set(party, member.you.id)
      if (!operator) grant(party)
      return member
    },
    open: (id, visitor) => {
      const log = backend.open(id, visitor)
      for (const [known, you] of visitors) if (you === visitor.id) record({ type: 'rights', of: known, c: log.c, isAllowed: true })
      return log
    },
    request: (draft, visitor) => {
      const before = new Set(backend.logs())
      const made = backend.request(draft, visitor)
      if ('problems' in made) return made
      record({ type: 'referenced', key: made.fields.text, reference: made.reference })
      for (const log of backend.logs()) {
        if (before.has(log)) continue
        for (const [known, you] of visitors) if (you === visitor.id) record({ type: 'rights', of: known, c: log.c, isAllowed: true })
      }
      return made
    }
  })
  /** Lets somebody in, and throws him out. */
  const dropping = async (adapter: ChatAdapter, context: ConnectContext): Promise<Session> => {
    const ending = new AbortController()
    context.signal.addEventListener('abort', () => ending.abort())
    const session = await adapter.connect({ ...context, signal: ending.signal })
    clock.setTimer(() => {
      if (ending.signal.aborted) return
      ending.abort()
      context.emit({ type: 'closed', error: new ChatError('network', 'thrown out') })
    }, random() * inMs)
    return session
  }
  const turningAway = (adapter: ChatAdapter): ChatAdapter => ({
    ...adapter,
    connect: async (context) => {
      const now = turning && clock.now() < turning.untilMs ? turning.how : undefined
      if (now === 'refuses') throw new ChatError('busy', 'too many connections', { afterMs: busyMs })
      return now === 'drops' ? dropping(adapter, context) : adapter.connect(context)
    }
  })
  const limiting = (adapter: ChatAdapter): ChatAdapter => ({
    ...adapter,
    connect: async (context) => {
      const session = await adapter.connect(context)
      return {
        ...session,
        send: (draft) => {
          if (limited === 0) return session.send(draft)
          limited--
          return Promise.reject(new ChatError('rate_limited', 'too many messages', { afterMs: 1_000 }))
        }
      }
    }
  })

  return {
    backend,
    door: (party, operator) => recordAdapter(turningAway(limiting(memoryAdapter({ backend: doorOf(party), operator }))), { history, party }),
    kill: backend.cut,
    start: backend.restore,
    isUp: () => !backend.isCut(),
    backUp: () => {
      copy = backend.copy()
    },
    restore: () => {
      record({ type: 'restored' })
      backend.restoreCopy(copy ?? empty)
    },
    limit: (count) => {
      limited = count
    },
    turnAway: (how, forMs) => {
      turning = { how, untilMs: clock.now() + forMs }
    },
    beat,
    setAvailable: (operator, isAvailable) => {
      operators.add(operator)
      record({ type: 'alive', operator: operator.you.id })
      record({ type: 'intent', operator: operator.you.id, isAvailable })
      operator.available(isAvailable)
    },
    texts: () => {
      const texts = backend.logs().flatMap(({ messages }) => messages.flatMap((message) => keyOf(message) ?? []))
      return new Set([...texts, ...backend.requests().map(({ fields }) => fields.text)])
    },
    dump: () => {
      for (const log of backend.logs()) record({ type: 'rows', c: log.c, epoch: log.state().epoch, rows: log.messages.map(rowOf) })
      record({ type: 'requests', items: backend.requests().map(({ fields, reference }) => ({ key: fields.text, reference })) })
    },
    stop: () => {
      for (const stop of stops) stop()
    }
  }
}
