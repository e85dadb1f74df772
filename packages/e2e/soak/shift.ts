import type { HistoryRecorder } from '@porchlight/adapters/testing'
import type { ChatAdapter } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import type { FastClock } from '../faults/fast-clock.js'
import { type Operator, openOperator } from '../faults/operator.js'
import type { PageNetwork } from '../faults/page-network.js'
import type { Visit } from './visit.js'

/** What a shift is made of. */
export interface ShiftOptions {
  readonly name: string
  readonly clock: FastClock
  readonly network: PageNetwork
  readonly adapter: ChatAdapter
}

/** One operator at one console, who answers visits until somebody else takes over. */
export interface Shift {
  readonly operator: Operator
  readonly answer: (visit: Visit) => void
  /** The conversation of this visit is closed, and what happens in it is not written down any more. */
  readonly forget: (visit: Visit) => void
  readonly isQuiet: () => boolean
  /** The newest message that he holds of a visit; 0 where he holds none. */
  readonly headOf: (visit: Visit) => number
  /** Goes home: what he showed counts no more. */
  readonly end: () => void
}

/** An operator comes. */
export function beginShift({ name, clock, network, adapter }: ShiftOptions): Shift {
  const visits = new Map<string, Visit>()
  let count = 0
  // Each visit has a history of its own; a text begins with the name of its visit.
  const recorder: HistoryRecorder = {
    record: (party, fact) => {
      const known = [...visits.values()]
      const visit = 'c' in fact ? visits.get(fact.c) : 'key' in fact ? known.find((each) => fact.key?.split(' ', 1)[0] === each.name) : undefined
      visit?.history.record(party, fact)
    },
    entries: () => [],
    toLines: () => ''
  }
  const operator = openOperator({ name, history: recorder, env: memoryEnv({ clock }), network, adapter })
  const leave = (c: string, { history }: Visit) => {
    visits.delete(c)
    history.record(`${name} in ${c}`, { type: 'gone' })
  }
  return {
    operator,
    answer: (visit) => {
      const c = visit.conversation()
      if (c === undefined) return
      visits.set(c, visit)
      const key = `${visit.name} ${name} ${++count}`
      operator.say(c, key).catch((error: unknown) => {
        if ((error as { readonly code?: string }).code !== 'busy') throw error
        // His outbox is full: he is told, and keeps the text to himself.
        visit.history.record(name, { type: 'dropped', key })
      })
    },
    forget: (visit) => {
      const c = visit.conversation()
      if (c === undefined || !visits.has(c)) return
      leave(c, visit)
      operator.letGo(c)
    },
    headOf: (visit) => {
      const log = operator.logs().find(({ c }) => c === visit.conversation())
      return Math.max(0, ...(log?.$messages.get() ?? []).map(({ order }) => order))
    },
    isQuiet: () => operator.logs().every((log) => log.$pending.get().every(({ state }) => state !== 'pending')),
    end: () => {
      for (const [c, visit] of visits) leave(c, visit)
      operator.close()
    }
  }
}
