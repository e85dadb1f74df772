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
export function insert(run: Run, incoming: readonly Message[], { isDense, isCaughtUp }: MergeRules): Run {
  const ids = idsOf(run.messages)
  let { held } = run
  for (const message of incoming) {
    const isNew = message.order > haveOf(run) && !ids.has(message.id) && held.every(({ order }) => order !== message.order)
    if (isNew) held = [...held, message].sort((a, b) => a.order - b.order)
  }
  const next: Message[] = []
  let order = haveOf(run) + 1
  let count = 0
  for (const message of held) {
    if (isDense ? message.order !== order : !isCaughtUp) break
    order++
    count++
    if (!ids.has(message.id)) next.push(message)
    ids.add(message.id)
  }
  const messages = next.length > 0 ? run.messages.concat(next) : run.messages
  known.delete(run.messages)
  known.set(messages, ids)
  return held === run.held && count === 0
    ? run
    : { ...run, messages, held: held.filter(({ id }, index) => index >= count && !ids.has(id)).slice(0, heldMax) }
}

/** They are asked for at each entry that arrives, so they go on from one run to the next. */
const known = new WeakMap<readonly Message[], Set<string>>()

/** Ids of what a run shows. */
export function idsOf(messages: readonly Message[]): Set<string> {
  return known.get(messages) ?? new Set(messages.map(({ id }) => id))
}

/** Starts a run with a page of history whose last entry may be any; what is held above it follows if it fits. */
export function seed(run: Run, page: readonly Message[], rules: MergeRules): Run {
  const last = page.at(-1)
  if (haveOf(run) > 0 || !last) return insert(run, page, rules)
  return insert({ ...run, messages: page, held: run.held.filter(({ order }) => order > last.order) }, [], rules)
}

/** Puts older entries in front. A page that does not reach the first entry held is of no use. */
export function prepend(run: Run, page: readonly Message[], isDense: boolean): Run {
  const first = run.messages[0]
  if (!first) return run
  const ids = idsOf(run.messages)
  const older = page.filter(({ id, order }) => order < first.order && !ids.has(id))
  const touches = isDense ? older.at(-1)?.order === first.order - 1 : older.length > 0
  return touches ? { ...run, messages: [...older, ...run.messages] } : run
}
