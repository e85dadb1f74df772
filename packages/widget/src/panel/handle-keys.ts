import { createCompositionGuard } from '@porchlight/ui'

/** Events of ours that the page's own shortcuts would take for theirs. */
const kept = ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'paste'] as const

/** What Escape and the other keys need to know. */
export interface KeyDetails {
  /** Everything of ours. */
  readonly root: HTMLElement
  readonly panel: HTMLElement
  readonly signal: AbortSignal
  /** Whether the panel floats over the page now. */
  readonly isCard: () => boolean
  readonly close: () => void
}

/**
 * Escape closes the panel, from inside it and from an element of the page that it covers completely (WCAG 2.2, 2.4.11 names
 * this way for chats). Keys that are pressed in the panel stay in it.
 */
export function handleKeys({ root, panel, signal, isCard, close }: KeyDetails): void {
  const composition = createCompositionGuard()
  root.addEventListener('compositionend', composition.ended, { signal })
  panel.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || composition.holds(event)) return
      // A modal dialog closes on Escape by itself; only here can its being closed be one's own act.
      event.preventDefault()
      close()
    },
    { signal }
  )
  for (const type of kept) root.addEventListener(type, (event) => event.stopPropagation(), { signal })
  document.addEventListener(
    'keydown',
    (event) => {
      const focused = document.activeElement
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !isCard() || !focused) return
      if (!covers(panel.getBoundingClientRect(), focused.getBoundingClientRect())) return
      event.preventDefault()
      close()
      if (focused instanceof HTMLElement && document.activeElement !== focused) focused.focus({ preventScroll: true })
    },
    { signal }
  )
}

function covers(cover: DOMRect, box: DOMRect): boolean {
  return box.width > 0 && cover.left <= box.left && cover.right >= box.right && cover.top <= box.top && cover.bottom >= box.bottom
}
