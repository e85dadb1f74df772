import { useReducer, useRef } from 'preact/hooks'
import { type HeldOrder, type Hold, holdOrder } from './held-order.js'

/** Ids as they are shown, and a way to let the buffered ones in. */
export interface HeldIds extends HeldOrder {
  /** Shows everything in the wanted order. Answers the first id that was not shown before. */
  readonly release: () => string | undefined
}

/** Remembers what a list shows, and changes it only as far as its hold allows. */
export function useHeldOrder(wanted: readonly string[], hold: Hold): HeldIds {
  const shown = useRef<readonly string[]>([])
  const [, redraw] = useReducer((version: number, _: null) => version + 1, 0)
  const held = holdOrder(shown.current, wanted, hold)
  shown.current = held.ids
  return {
    ...held,
    release: () => {
      const before = new Set(shown.current)
      shown.current = wanted
      redraw(null)
      return wanted.find((id) => !before.has(id))
    }
  }
}
