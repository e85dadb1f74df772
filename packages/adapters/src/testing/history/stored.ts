import { allOf, at, type Check, newestOf } from './violation.js'

/**
 * I1: what anybody was told to be stored is stored; a log that came back from an older copy, under another epoch, is excused.
 * A reference that was shown belongs to a request that is there.
 */
export const durable: Check = (entries, accuse) => {
  const rows = newestOf(entries, 'rows', ({ c }) => c)
  const restored = allOf(entries, 'restored').at(-1)?.index ?? -1
  entries.forEach((entry, index) => {
    if (entry.type !== 'acked' && entry.type !== 'heard') return
    const now = rows.get(entry.c)?.entry
    const isSameEpoch = entry.epoch === undefined ? index > restored : entry.epoch === now?.epoch
    if (!now || !isSameEpoch) return
    const row = now.rows.find(({ seq }) => seq === entry.seq)
    if (row?.id !== entry.id)
      accuse('I1', index, `${entry.party} was told of ${entry.id} at ${entry.c}/${entry.seq}, where ${row?.id ?? 'nothing'} is stored`)
  })
  const requests = allOf(entries, 'requests').at(-1)
  for (const { index, entry } of requests ? allOf(entries, 'referenced') : []) {
    const isThere = requests?.entry.items.some(({ key, reference }) => key === entry.key && reference === entry.reference)
    if (!isThere && index > restored) accuse('I1', index, `${entry.party} was shown reference ${entry.reference}, and no request has it`)
  }
}

/** I2: one row a message, one bubble a message in every view at every instant, one request a draft. */
export const unique: Check = (entries, accuse) => {
  entries.forEach((entry, index) => {
    if (entry.type === 'rows') {
      for (const id of twice(entry.rows.map((row) => `${row.by} ${row.id}`))) accuse('I2', index, `${entry.c} has two rows of ${id}`)
      for (const key of twice(entry.rows.map(({ key }) => key))) accuse('I2', index, `${entry.c} has two rows of one text, ${key}`)
    } else if (entry.type === 'view') {
      for (const id of twice(entry.bubbles.map((bubble) => bubble.id))) accuse('I2', index, `${entry.party} shows ${id} twice`)
      for (const key of twice(entry.bubbles.map((bubble) => bubble.key))) accuse('I2', index, `${entry.party} shows one text twice, ${key}`)
    } else if (entry.type === 'requests') {
      for (const key of twice(entry.items.map((item) => item.key))) accuse('I2', index, `one draft became two requests, ${key}`)
    }
  })
}

/** I5: the rows of a log are exactly 1..head. */
export const dense: Check = (entries, accuse) => {
  for (const { index, entry } of allOf(entries, 'rows')) {
    const seqs = entry.rows.map(({ seq }) => seq).sort((a, b) => a - b)
    if (seqs.some((seq, place) => seq !== place + 1)) accuse('I5', index, `${entry.c} has rows ${seqs.join(' ')}`)
  }
}

/** I3: within an epoch a place holds the same message for everybody, and what a view shows as stored has no hole. */
export const sameOrder: Check = (entries, accuse) => {
  const logs = new Map<string, Map<string, Map<number, string>>>()
  const epochsOf = (c: string) => at(logs, c, () => new Map<string, Map<number, string>>())
  const note = (index: number, c: string, epoch: string, seq: number, id: string) => {
    const places = at(epochsOf(c), epoch, () => new Map<number, string>())
    const known = at(places, seq, () => id)
    if (known !== id) accuse('I3', index, `${c}/${epoch}/${seq} is ${known} for some and ${id} for others`)
  }
  entries.forEach((entry, index) => {
    if (entry.type === 'stored') note(index, entry.c, entry.epoch, entry.seq, entry.id)
    else if (entry.type === 'rows') for (const { seq, id } of entry.rows) note(index, entry.c, entry.epoch, seq, id)
    else if ((entry.type === 'heard' || entry.type === 'acked') && entry.epoch !== undefined) note(index, entry.c, entry.epoch, entry.seq, entry.id)
  })
  const complete = new Set(allOf(entries, 'stored').map(({ entry }) => `${entry.c} ${entry.epoch}`))
  for (const { index, entry } of allOf(entries, 'view')) {
    const shown = entry.bubbles.flatMap(({ seq, id }) => (seq === null ? [] : [{ seq, id }]))
    if (shown.some(({ seq }, place) => place > 0 && seq !== (shown[place - 1]?.seq ?? 0) + 1)) {
      accuse('I3', index, `${entry.party} shows ${entry.c} as ${shown.map(({ seq }) => seq).join(' ')}`)
    }
    // A view does not name its epoch: it must be right in one of them. Of one whose commits were written down all places are known.
    const isSomewhere = [...epochsOf(entry.c)].some(([epoch, places]) => {
      const isComplete = complete.has(`${entry.c} ${epoch}`)
      return shown.every(({ seq, id }) => (places.get(seq) ?? (isComplete ? undefined : id)) === id)
    })
    if (epochsOf(entry.c).size > 0 && !isSomewhere) accuse('I3', index, `${entry.party} shows ${entry.c} in an order that no epoch has`)
  }
}

function twice(names: readonly (string | undefined)[]): readonly string[] {
  const seen = new Set<string>()
  return names.filter((name): name is string => {
    if (name === undefined) return false
    const isAgain = seen.has(name)
    seen.add(name)
    return isAgain
  })
}
