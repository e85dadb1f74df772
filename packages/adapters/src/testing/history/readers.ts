import { allOf, at, type Check } from './violation.js'

const rank = { pending: 0, sent: 1, delivered: 2, read: 3 } as const

/** What a party holds of a log without a hole, also where it does not show it: what it was shown, heard, or wrote and was told to be stored. */
interface Held {
  have: number
  readonly heard: Set<number>
}

function hold(held: Held, shown: number, heard = shown): void {
  held.heard.add(heard)
  held.have = Math.max(held.have, shown)
  while (held.heard.has(held.have + 1)) held.have++
}

/**
 * I6: receipts only grow, `read` is within `delivered` and that within the log, and nobody reports what he does not hold. A backend
 * that came back from an older copy may count from there: one step back each.
 */
export const receipts: Check = (entries, accuse) => {
  const heads = new Map<string, number>()
  const held = new Map<string, Held>()
  const heldBy = (party: string, c: string) => at(held, `${party} ${c}`, () => ({ have: 0, heard: new Set<number>() }))
  const known = new Map<string, { delivered: number; read: number; steps: number }>()
  let restored = 0
  entries.forEach((entry, index) => {
    if (entry.type === 'restored') restored++
    else if (entry.type === 'stored') heads.set(entry.c, Math.max(heads.get(entry.c) ?? 0, entry.seq))
    else if (entry.type === 'view') {
      hold(heldBy(entry.party, entry.c), entry.have ?? Math.max(0, ...entry.bubbles.map(({ seq }) => seq ?? 0)))
    } else if (entry.type === 'heard' || entry.type === 'acked') hold(heldBy(entry.party, entry.c), 0, entry.seq)
    else if (entry.type === 'cursor') {
      const { have } = heldBy(entry.party, entry.c)
      if (entry.delivered > have) accuse('I6', index, `${entry.party} reports ${entry.delivered} of ${entry.c} and holds ${have}`)
      if (entry.read > entry.delivered) accuse('I6', index, `${entry.party} reports read ${entry.read} beyond delivered ${entry.delivered}`)
    } else if (entry.type === 'receipt') {
      if (entry.read > entry.delivered) accuse('I6', index, `${entry.party} is told read ${entry.read} beyond delivered ${entry.delivered}`)
      const head = heads.get(entry.c)
      if (head !== undefined && entry.delivered > head) accuse('I6', index, `${entry.party} is told delivered ${entry.delivered} beyond head ${head}`)
      const before = at(known, `${entry.party} ${entry.c} ${entry.of}`, () => ({ delivered: 0, read: 0, steps: 0 }))
      if (entry.delivered < before.delivered || entry.read < before.read) before.steps++
      if (before.steps > restored) accuse('I6', index, `${entry.party} is told that ${entry.of} went back in ${entry.c}`)
      Object.assign(before, { delivered: entry.delivered, read: entry.read, steps: Math.min(before.steps, restored) })
    }
  })
}

/** I6, as a view shows it: a message never goes back from read to delivered to sent to pending. */
export const states: Check = (entries, accuse) => {
  const known = new Map<string, { rank: number; steps: number }>()
  let restored = 0
  entries.forEach((entry, index) => {
    if (entry.type === 'restored') restored++
    if (entry.type !== 'view') return
    for (const { id, state } of entry.bubbles) {
      if (state === undefined || !(state in rank)) continue
      const now = rank[state as keyof typeof rank]
      const before = at(known, `${entry.party} ${id}`, () => ({ rank: 0, steps: 0 }))
      if (now < before.rank) before.steps++
      if (before.steps > restored) accuse('I6', index, `${entry.party} shows ${id} going back to ${state}`)
      Object.assign(before, { rank: now, steps: Math.min(before.steps, restored) })
    }
  })
}

/** I12: nobody hears what he may not read at that moment. Whoever no entry gives a right is not looked at. */
export const isolated: Check = (entries, accuse) => {
  const looked = new Set(allOf(entries, 'rights').map(({ entry }) => entry.of))
  const allowed = new Set<string>()
  entries.forEach((entry, index) => {
    if (entry.type === 'rights') {
      if (entry.isAllowed) allowed.add(`${entry.of} ${entry.c}`)
      else allowed.delete(`${entry.of} ${entry.c}`)
    } else if (entry.type === 'heard' && looked.has(entry.party) && !allowed.has(`${entry.party} ${entry.c}`)) {
      accuse('I12', index, `${entry.party} heard ${entry.id} of ${entry.c} without the right to`)
    }
  })
}

/** I10: no quantity is beyond its bound. */
export const bounded: Check = (entries, accuse) => {
  for (const { index, entry } of allOf(entries, 'gauge')) {
    if (entry.value > entry.max) accuse('I10', index, `${entry.party} has ${entry.name} ${entry.value}, at most ${entry.max} are allowed`)
  }
}

/** I13: whatever an older generation of a client still does changes nothing of a newer one. */
export const fenced: Check = (entries, accuse) => {
  const newest = new Map<string, number>()
  entries.forEach((entry, index) => {
    if (entry.type === 'welcomed') newest.set(entry.client, Math.max(newest.get(entry.client) ?? 0, entry.generation))
    else if (entry.type === 'effect' && entry.generation < (newest.get(entry.client) ?? 0)) {
      accuse('I13', index, `generation ${entry.generation} of ${entry.client} changed the ${entry.on} of generation ${newest.get(entry.client)}`)
    }
  })
}
