/** What {@link followViewport} needs of an element. */
export type ViewportElement = Pick<HTMLElement, 'addEventListener' | 'getRootNode' | 'contains'> & {
  readonly style: Pick<CSSStyleDeclaration, 'setProperty' | 'removeProperty'>
}

const heightProperty = '--_porchlight-vv-height'
const offsetProperty = '--_porchlight-vv-offset'

/**
 * Keeps an element inside the part of the screen that the keyboard leaves free, while one of its text fields has the focus.
 * CSS units do not see the keyboard of iOS, and without a focused field the numbers may be stale (WebKit bug 301857), so they
 * count only then, and only while nobody has zoomed in. Without `visualViewport` nothing happens.
 *
 * Writes `--_porchlight-vv-height` and `--_porchlight-vv-offset` in pixels, at most once a frame, and takes them back on blur.
 *
 * @returns Stops, and takes the properties back.
 *
 * @example
 * ```ts
 * import { followViewport } from '@porchlight/theme'
 *
 * const stop = followViewport(document.querySelector('dialog')!)
 * stop()
 * ```
 */
export function followViewport(element: ViewportElement): () => void {
  const viewport = globalThis.visualViewport
  if (!viewport) return () => {}
  const stopping = new AbortController()
  const { signal } = stopping
  let frame = 0

  const apply = () => {
    frame = 0
    if (isEditing(element) && Math.abs(viewport.scale - 1) < 0.01) {
      element.style.setProperty(heightProperty, `${viewport.height}px`)
      element.style.setProperty(offsetProperty, `${viewport.offsetTop}px`)
    } else release()
  }
  const schedule = () => {
    frame ||= requestAnimationFrame(apply)
  }
  const release = () => {
    element.style.removeProperty(heightProperty)
    element.style.removeProperty(offsetProperty)
  }

  viewport.addEventListener('resize', schedule, { signal })
  viewport.addEventListener('scroll', schedule, { signal })
  element.addEventListener('focusin', schedule, { signal })
  element.addEventListener('focusout', schedule, { signal })
  return () => {
    stopping.abort()
    if (frame) cancelAnimationFrame(frame)
    release()
  }
}

function isEditing(element: ViewportElement): boolean {
  const { activeElement } = element.getRootNode() as ShadowRoot
  return activeElement !== null && element.contains(activeElement) && activeElement.matches('input,textarea')
}
