import { createCompositionGuard } from '@porchlight/ui'

/** Events of ours that the page's own shortcuts would take for theirs. */
const kept = ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'paste'] as const

/** What Escape and the other keys need to know. */
export interface KeyDetails {
  /** Everything of ours. */
  readonly root: HTMLElement
  readonly panel: HTMLElement
  /** Whether the panel floats over the page now. */
  readonly isCard: () => boolean
  readonly close: () => void
}

/**
 * Escape closes the panel, from inside it and from an element of the page that it covers completely (WCAG 2.2, 2.4.11 names
 * this way for chats). Keys that are pressed in the panel stay in it.
 *
 * @returns Stops listening.
 */
export function handleKeys({ root, panel, isCard, close }: KeyDetails): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  const composition = createCompositionGuard()

  function onKeyInside(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || composition.holds(event)) return
    // A modal dialog closes on Escape by itself; only here can its closing be kept.
    event.preventDefault()
    close()
  }

  function onKeyOutside(event: KeyboardEvent): void {
    const focused = document.activeElement
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !isCard() || !(focused instanceof HTMLElement)) return
    if (!covers(panel.getBoundingClientRect(), focused.getBoundingClientRect())) return
    event.preventDefault()
    close()
    if (document.activeElement !== focused) focused.focus({ preventScroll: true })
  }

  root.addEventListener('compositionend', composition.ended, { signal })
  panel.addEventListener('keydown', onKeyInside, { signal })
  document.addEventListener('keydown', onKeyOutside, { signal })
  for (const type of kept) root.addEventListener(type, (event) => event.stopPropagation(), { signal })
  return () => stopping.abort()
}

function covers(cover: DOMRect, box: DOMRect): boolean {
  return box.width > 0 && cover.left <= box.left && cover.right >= box.right && cover.top <= box.top && cover.bottom >= box.bottom
}
