/** Why a list keeps its rows where they are: somebody points at it, or moves through it by keyboard. */
export interface Hold {
  readonly pointer: boolean
  readonly focus: boolean
}

/** What a list shows: ids in their order, and how many new ones wait for the reader's leave. */
export interface HeldOrder {
  readonly ids: readonly string[]
  readonly buffered: number
}

/**
 * Puts rows in order without moving them under a reader's hand.
 *
 * A list that nobody touches takes the wanted order. While it is held, rows that are shown keep their places. Under a pointer new rows go
 * below the others, where they move nothing; under the keyboard they are buffered, since "row 3 of 7" must stay true between two key presses.
 *
 * @param shown Ids as they are on screen, in order.
 * @param wanted Ids as they should be once nobody touches the list.
 */
export function holdOrder(shown: readonly string[], wanted: readonly string[], hold: Hold): HeldOrder {
  if (!hold.pointer && !hold.focus) return { ids: wanted, buffered: 0 }
  const exists = new Set(wanted)
  const kept = shown.filter((id) => exists.has(id))
  const known = new Set(kept)
  const fresh = wanted.filter((id) => !known.has(id))
  return hold.focus && kept.length > 0 ? { ids: kept, buffered: fresh.length } : { ids: [...kept, ...fresh], buffered: 0 }
}
