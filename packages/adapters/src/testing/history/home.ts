import type { EntryOf, HistoryEntry } from './entry.js'
import { at, type Check } from './violation.js'

/** Longest time that an operator counts after the last sign of life. */
const leaseMs = 30_000
/** Outages shorter than this are seen by nobody. */
const blinkMs = 8_000
/** News of a longer one may come this long after its end. */
const newsMs = 5_000
/** So many changes of one operator in so long, at most. */
const changesMax = 3
const changesMs = 120_000

/** I8: nobody is told `online` of an operator without a fresh sign of life, short outages are not seen, and nothing flaps. */
export const presence: Check = (entries, accuse) => {
  const alive = new Map<string, number>()
  const told = new Map<string, Told>()
  const down = new Map<string, number>()
  const links = new Map<string, Link>()
  const accuseStale = (index: number, until: number) => {
    for (const known of told.values()) {
      const goneMs = until - (alive.get(known.operator) ?? Number.NEGATIVE_INFINITY)
      if (known.state !== 'online' || !known.isLinked || known.isAccused || goneMs <= leaseMs) continue
      known.isAccused = true
      accuse('I8', index, `${known.party} still sees ${known.operator} online ${goneMs} ms after the last sign of life`)
    }
  }
  let before = entries[0]?.at ?? 0
  entries.forEach((entry, index) => {
    if (entry.at > before) accuseStale(index, entry.at)
    before = Math.max(before, entry.at)
    if (entry.type === 'alive') alive.set(entry.operator, entry.at)
    else if (entry.type === 'intent') for (const known of told.values()) known.hasReason ||= known.operator === entry.operator
    else if (entry.type === 'linked') {
      follow(links, entry)
      for (const known of told.values()) if (known.party === entry.party) known.isLinked = entry.isUp
      const since = down.get(entry.party)
      if (!entry.isUp) down.set(entry.party, entry.at)
      else if (since !== undefined && entry.at - since < blinkMs) {
        for (const { operator, losses, party } of told.values()) {
          if (operator === entry.party && losses.some((change) => change >= since))
            accuse('I8', index, `${party} saw ${operator} blink within ${entry.at - since} ms`)
        }
      }
    } else if (entry.type === 'presence') {
      const known = toldTo(told, entry)
      if (isFallWithoutReason(known, entry, links.get(entry.operator)))
        accuse('I8', index, `${entry.party} is told that ${entry.operator} is gone, who is connected and was not away for long`)
      accuseFlapping(known, entry, (message) => accuse('I8', index, message))
    }
  })
  accuseStale(entries.length - 1, before)
}

/** An operator's connection, as far as its end is known to whoever wrote the history. */
interface Link {
  isUp: boolean
  downAt: number
  upAt: number
  /** When he came back from an outage that may be seen. */
  backAt: number
}

function follow(links: Map<string, Link>, { party, isUp, at: now }: EntryOf<'linked'>): void {
  const link = at(links, party, () => ({ isUp: false, downAt: Number.NEGATIVE_INFINITY, upAt: now, backAt: now }))
  if (isUp && !link.isUp && now - link.downAt >= blinkMs) link.backAt = now
  if (isUp && !link.isUp) link.upAt = now
  if (!isUp && link.isUp) link.downAt = now
  link.isUp = isUp
}

/**
 * Whoever is connected is not gone. What is told in an outage is judged at its end, when its length is known. News that says when it was decided
 * counts from then, however late it comes.
 */
function isFallWithoutReason({ state, hasReason }: Told, entry: EntryOf<'presence'>, link: Link | undefined): boolean {
  const isFall = entry.state === 'offline' && (state === 'online' || state === 'away')
  if (!isFall || hasReason || link?.isUp !== true) return false
  return entry.decidedAt === undefined ? entry.at - link.backAt > newsMs : entry.decidedAt > link.upAt
}

interface Told {
  readonly party: string
  readonly operator: string
  state: string | undefined
  isLinked: boolean
  /** The operator used the switch since the last change, so one change is his own. */
  hasReason: boolean
  changes: number[]
  /** Those of them that an outage can be the reason of: whoever is shown again came back before it, and was not at once believed to stay. */
  losses: number[]
  /** What is said about the present state was said. */
  isAccused: boolean
}

function toldTo(told: Map<string, Told>, { party, operator }: EntryOf<'presence'>): Told {
  return at(told, `${party} ${operator}`, () => ({
    party,
    operator,
    state: undefined,
    isLinked: true,
    hasReason: true,
    changes: [],
    losses: [],
    isAccused: false
  }))
}

function accuseFlapping(known: Told, entry: EntryOf<'presence'>, accuse: (message: string) => void): void {
  if (entry.state === known.state) return
  const changedAt = entry.decidedAt ?? entry.at
  if (known.hasReason) known.hasReason = false
  else {
    known.changes.push(changedAt)
    if (known.state === 'online' || known.state === 'away') known.losses.push(changedAt)
  }
  known.state = entry.state
  known.isAccused = false
  const recent = known.changes.filter((change) => entry.at - change <= changesMs)
  if (recent.length > changesMax) accuse(`${entry.party} saw ${entry.operator} change ${recent.length} times in ${changesMs} ms`)
}

interface Operator {
  aliveAt: number
  availableAt: number
  isAvailable: boolean
  roomAt: number
  hasRoom: boolean
  readonly serves: Map<string, number>
}

/** I9: whoever is told `online` has an open site and somebody with a fresh lease, the switch on and room; revisions only grow. */
export const availability: Check = (entries, accuse) => {
  const operators = new Map<string, Operator>()
  const revisions = new Map<string, { rev: number; state: string }>()
  let isOpen = true
  entries.forEach((entry, index) => {
    note(operators, entry)
    if (entry.type === 'hours') isOpen = entry.isOpen
    // A restored backend counts from an earlier revision.
    else if (entry.type === 'restored') revisions.clear()
    if (entry.type !== 'availability' || entry.state === 'unknown') return
    const before = revisions.get(entry.party)
    if (before && entry.rev < before.rev) accuse('I9', index, `${entry.party} was told revision ${entry.rev} after ${before.rev}`)
    if (before?.rev === entry.rev && before.state !== entry.state) {
      accuse('I9', index, `${entry.party} was told ${before.state} and ${entry.state} under revision ${entry.rev}`)
    }
    revisions.set(entry.party, { rev: entry.rev, state: entry.state })
    if (entry.state === 'online' && !isJustified([...operators.values()], entry, isOpen)) {
      accuse('I9', index, `${entry.party} was told online, and nobody is home`)
    }
  })
}

/** Of a party whose chat somebody answers, that operator's sign of life is enough. */
function isJustified(operators: readonly Operator[], { party, at: now }: EntryOf<'availability'>, isOpen: boolean): boolean {
  return operators.some((operator) => {
    if (now - operator.aliveAt > leaseMs) return false
    if (now - (operator.serves.get(party) ?? Number.NEGATIVE_INFINITY) <= leaseMs) return true
    const isReady = operator.isAvailable || now - operator.availableAt <= leaseMs
    const isFree = operator.hasRoom || now - operator.roomAt <= leaseMs
    return isOpen && isReady && isFree
  })
}

function note(operators: Map<string, Operator>, entry: HistoryEntry): void {
  if (entry.type !== 'alive' && entry.type !== 'intent' && entry.type !== 'room' && entry.type !== 'serves') return
  const never = Number.NEGATIVE_INFINITY
  const operator = at(operators, entry.operator, () => ({
    aliveAt: never,
    availableAt: never,
    isAvailable: false,
    roomAt: never,
    hasRoom: true,
    serves: new Map<string, number>()
  }))
  if (entry.type === 'alive') operator.aliveAt = entry.at
  else if (entry.type === 'serves') operator.serves.set(entry.of, entry.isServing ? Number.POSITIVE_INFINITY : entry.at)
  else if (entry.type === 'room') {
    if (operator.hasRoom) operator.roomAt = entry.at
    operator.hasRoom = entry.hasRoom
  } else {
    if (operator.isAvailable) operator.availableAt = entry.at
    operator.isAvailable = entry.isAvailable
  }
}
