import type { Availability, Participant } from '@porchlight/protocol'
import type { MemoryLog } from './memory-log.js'
import type { MemoryOperator } from './memory-operator.js'

/** What stands in for the computed state of the light. */
export type MemoryAvailability = Partial<Omit<Availability, 'rev'>> & Pick<Availability, 'state'>

/** What telling who is home works with. */
export interface MemoryHomeOptions {
  /** By name. */
  readonly operators: ReadonlyMap<string, MemoryOperator>
  readonly logs: ReadonlyMap<string, MemoryLog>
  /** Names of those who answer in each department. */
  readonly departments: Readonly<Record<string, readonly string[]>>
}

/** Who is home in a memory backend and in its departments. */
export interface MemoryHome {
  /** For a visitor in a chat somebody is; where he has a conversation, its department counts, and not that of his page. */
  readonly of: (visitor?: Participant, department?: string) => Availability
  /** Looks again, because somebody came, went, or took a chat. */
  readonly look: (override: MemoryAvailability | null) => void
}

/** Nobody is home yet. All departments share one revision. */
export function createMemoryHome({ operators, logs, departments }: MemoryHomeOptions): MemoryHome {
  let isForced = false
  let rev = 1
  let whole: MemoryAvailability = { state: 'offline', reason: 'no_agents' }
  let parts: Readonly<Record<string, MemoryAvailability>> = {}
  let known = ''

  const computed = (names: readonly string[]): MemoryAvailability => {
    const signedIn = names.flatMap((name) => operators.get(name) ?? []).filter((operator) => operator.isSignedIn())
    if (signedIn.length === 0) return { state: 'offline', reason: 'no_agents' }
    const isHome = signedIn.some((operator) => operator.isAvailable())
    return isHome ? { state: 'online', reason: 'available' } : { state: 'away', reason: 'not_available' }
  }
  /** Logs in which somebody stands. */
  const served = () => [...logs.values()].filter(({ c }) => [...operators.values()].some((operator) => operator.standsIn(c)))

  const look: MemoryHome['look'] = (override) => {
    isForced = override !== null
    whole = override ?? computed([...operators.keys()])
    parts = Object.fromEntries(Object.entries(departments).map(([name, members]) => [name, override ?? computed(members)]))
    // Whoever is in a chat is told something else than all others: under one revision that would be two answers.
    const inChats = served().map(({ c }) => c)
    const next = JSON.stringify([whole.state, Object.values(parts).map(({ state }) => state), inChats])
    if (isForced || next !== known) rev++
    known = next
  }
  look(null)
  rev = 1

  return {
    of: (visitor, department) => {
      const own = [...logs.values()].filter((log) => log.visitor.id === visitor?.id)
      if (!isForced && served().some((log) => own.includes(log))) return { rev, state: 'online', reason: 'available' }
      const newest = own.at(-1)
      const name = newest ? newest.department : department
      const found = (name != null && Object.hasOwn(parts, name) && parts[name]) || whole
      return { reason: found.state === 'online' ? 'available' : 'forced', ...found, rev }
    },
    look
  }
}
