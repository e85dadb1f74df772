import type { HistoryEntry } from './entry.js'
import { allOf, type Check, newestOf } from './violation.js'

/** How long after the last fault everything is in order. */
const settleMs = 35_000

interface Composed {
  readonly party: string
  readonly device: string
  /** Where it was handed over … */
  readonly begun: number
  /** … and where the outbox had it; never: infinite. */
  readonly kept: number
}

/** By text. A text that is handed over again counts from then on. */
function composedIn(entries: readonly HistoryEntry[]): ReadonlyMap<string, Composed> {
  const devices = new Map(allOf(entries, 'joined').map(({ entry }) => [entry.party, entry.device ?? entry.party]))
  const composed = new Map<string, Composed>()
  entries.forEach((entry, index) => {
    if (entry.type === 'composed') {
      composed.set(entry.key, { party: entry.party, device: devices.get(entry.party) ?? entry.party, begun: index, kept: Number.POSITIVE_INFINITY })
    } else if (entry.type === 'accepted') {
      const known = composed.get(entry.key)
      if (known) composed.set(entry.key, { ...known, kept: Math.min(known.kept, index), device: entry.device ?? known.device })
    }
  })
  return composed
}

/** Within one page by the order of handing over; between pages of a device, by what was in the outbox before the other began. */
function isBefore(first: Composed, second: Composed): boolean {
  return first.party === second.party ? first.begun < second.begun : first.kept < second.begun
}

function isOfOneHand(one: Composed, other: Composed): boolean {
  return one.party === other.party || one.device === other.device
}

/** I4: what one device composed earlier stands earlier. */
export const authorOrder: Check = (entries, accuse) => {
  const composed = composedIn(entries)
  for (const { index, entry } of newestOf(entries, 'rows', ({ c }) => c).values()) {
    const rows = [...entry.rows].sort((a, b) => a.seq - b.seq).flatMap(({ key = '' }) => [{ key, made: composed.get(key) }])
    for (const [place, { key, made }] of rows.entries()) {
      const late = made && rows.slice(place + 1).find((later) => later.made && isOfOneHand(later.made, made) && isBefore(later.made, made))
      if (late) accuse('I4', index, `${late.key} was composed before ${key} and stands behind it in ${entry.c}`)
    }
  }
}

/** I7: 35 s after the last fault nothing is on its way, and every view stands at the head. */
export const settles: Check = (entries, accuse) => {
  const settled = allOf(entries, 'settled').at(-1)
  if (!settled) return
  const lastFault = allOf(entries, 'fault').at(-1)
  if (lastFault && settled.entry.at - lastFault.entry.at < settleMs)
    accuse('I7', settled.index, `called settled ${settled.entry.at - lastFault.entry.at} ms after a fault`)
  const gone = new Set(allOf(entries, 'gone').map(({ entry }) => entry.party))
  const rows = newestOf(entries, 'rows', ({ c }) => c)
  const left = newestOf(entries, 'left', ({ party, c }) => `${party} ${c}`)
  for (const [name, { index, entry }] of newestOf(entries, 'view', ({ party, c }) => `${party} ${c}`)) {
    if (gone.has(entry.party) || (left.get(name)?.index ?? -1) > index) continue
    const waiting = entry.bubbles.filter(({ seq, state }) => seq === null && state !== 'failed')
    if (waiting.length > 0) accuse('I7', index, `${entry.party} still waits for ${waiting.map(({ key, id }) => key ?? id).join(' ')}`)
    const head = Math.max(0, ...(rows.get(entry.c)?.entry.rows.map(({ seq }) => seq) ?? []))
    const have = entry.have ?? Math.max(0, ...entry.bubbles.map(({ seq }) => seq ?? 0))
    if (rows.has(entry.c) && have !== head) accuse('I7', index, `${entry.party} holds ${entry.c} up to ${have} of ${head}`)
  }
  for (const { index, key } of unanswered(entries)) accuse('I7', index, `${key} is neither stored nor refused`)
}

/** What was handed over and is neither stored nor refused nor given up. */
function unanswered(entries: readonly HistoryEntry[]): readonly { readonly index: number; readonly key: string }[] {
  const ends = new Set<string | undefined>()
  const stored = new Set<string | undefined>()
  for (const entry of entries) {
    if (entry.type === 'stored' || entry.type === 'referenced') stored.add(entry.key)
    // What an older copy does not have was stored once.
    if (entry.type === 'restored') for (const key of stored) ends.add(key)
    if (entry.type === 'dropped' || entry.type === 'failed') ends.add(entry.key)
    if (entry.type === 'view') for (const { key, state } of entry.bubbles) if (state === 'failed') ends.add(key)
  }
  const rows = newestOf(entries, 'rows', ({ c }) => c)
  for (const { entry } of rows.values()) for (const { key } of entry.rows) ends.add(key)
  const requests = allOf(entries, 'requests').at(-1)
  for (const { key } of requests?.entry.items ?? []) ends.add(key)
  const begun = [...(rows.size > 0 ? allOf(entries, 'composed') : []), ...(requests ? allOf(entries, 'requested') : [])]
  return begun.filter(({ entry }) => !ends.has(entry.key)).map(({ index, entry }) => ({ index, key: entry.key }))
}

/** I11: a typed text is always somewhere; once it was accepted, on the server. */
export const textSafe: Check = (entries, accuse) => {
  for (const { index, entry } of allOf(entries, 'places')) {
    if (entry.places.length === 0) accuse('I11', index, `${entry.key} is nowhere`)
  }
}
