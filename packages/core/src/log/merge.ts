import type { Message } from '../adapter.js'

/** Most entries kept above a hole; the ones farthest from it go first, since filling the hole reads them again. */
const heldMax = 200

/** What this device holds of a log. */
export interface Run {
  /** Without a hole, ascending by `order`, each id once. */
  readonly messages: readonly Message[]
  /** Entries above a hole, ascending, not shown. */
  readonly held: readonly Message[]
  /** Everything up to here is held elsewhere, so the first entry here is the one after it. */
  readonly base: number
}

/** How a log shows its holes. */
export interface MergeRules {
  /** Orders have no holes, so the next entry is `have + 1`. */
  readonly isDense: boolean
  /** Without density: everything up to now has been read from history, so what comes next is next. */
  readonly isCaughtUp: boolean
}

/** A log of which nothing is held. */
export const emptyRun: Run = { messages: [], held: [], base: 0 }

/** Order of the newest entry without a hole below it; 0 when nothing is held. */
export function haveOf(run: Run): number {
  return run.messages.at(-1)?.order ?? run.base
}

/**
 * Adds entries that arrived, in any order and any number of times. An entry that is next is appended, an old one or one whose id
 * is there is dropped, one above a hole is held until the hole is filled. The same run comes back when nothing changed.
 */
export function insert(run: Run, incoming: readonly Message[], rules: MergeRules): Run {
  const isKnown = new Set(run.messages.map((message) => message.id))
  const byOrder = new Map<number, Message>()
  for (const message of [...run.held, ...incoming]) {
    if (message.order > haveOf(run) && !isKnown.has(message.id) && !byOrder.has(message.order)) byOrder.set(message.order, message)
  }
  const waiting = [...byOrder.values()].sort((a, b) => a.order - b.order)
  const messages = [...run.messages]
  let next = haveOf(run) + 1
  while (waiting[0] && (rules.isDense ? waiting[0].order === next : rules.isCaughtUp)) {
    const message = waiting.shift() as Message
    next = message.order + 1
    if (isKnown.has(message.id)) continue
    isKnown.add(message.id)
    messages.push(message)
  }
  const held = waiting.filter((message) => !isKnown.has(message.id)).slice(0, heldMax)
  const isSame = messages.length === run.messages.length && held.length === run.held.length && held.every((message, i) => message === run.held[i])
  return isSame ? run : { ...run, messages, held }
}

/** Starts a run with a page of history whose last entry may be any; what is held above it follows if it fits. */
export function seed(run: Run, page: readonly Message[], rules: MergeRules): Run {
  const last = page.at(-1)
  if (haveOf(run) > 0 || !last) return insert(run, page, rules)
  return insert({ ...run, messages: page }, [], rules)
}

/** Puts older entries in front. A page that does not reach the first entry held is of no use. */
export function prepend(run: Run, page: readonly Message[], isDense: boolean): Run {
  const first = run.messages[0]
  if (!first) return run
  const isKnown = new Set(run.messages.map((message) => message.id))
  const older = page.filter((message) => message.order < first.order && !isKnown.has(message.id))
  const touches = isDense ? older.at(-1)?.order === first.order - 1 : older.length > 0
  return touches ? { ...run, messages: [...older, ...run.messages] } : run
}
