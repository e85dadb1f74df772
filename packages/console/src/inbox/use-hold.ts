import { useEffect, useState } from 'preact/hooks'
import type { Hold } from './held-order.js'

/** Handlers for the part of the page that holds its list still, and whether it does now. */
export interface HoldState {
  readonly hold: Hold
  readonly onFocusIn: () => void
  readonly onFocusOut: (event: FocusEvent) => void
  readonly onPointerMove: (event: PointerEvent) => void
  readonly onPointerLeave: () => void
}

/**
 * Tells whether somebody points at a part of the page or has the focus in it. A pointer that rests while its owner types elsewhere no longer
 * points; it does again when it moves. A finger holds nothing: it is gone after the tap.
 */
export function useHold(): HoldState {
  const [hold, setHold] = useState<Hold>({ pointer: false, focus: false })
  const set = (part: Partial<Hold>): void => {
    setHold((held) => (Object.entries(part).every(([name, value]) => held[name as keyof Hold] === value) ? held : { ...held, ...part }))
  }
  useEffect(() => {
    if (!hold.pointer || hold.focus) return
    const onKeyDown = (): void => setHold((held) => ({ ...held, pointer: false }))
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [hold])
  return {
    hold,
    onFocusIn: () => set({ focus: true }),
    onFocusOut: ({ currentTarget, relatedTarget }) => {
      const stays = currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
      if (!stays) set({ focus: false })
    },
    onPointerMove: ({ pointerType }) => {
      if (pointerType !== 'touch') set({ pointer: true })
    },
    onPointerLeave: () => set({ pointer: false })
  }
}
