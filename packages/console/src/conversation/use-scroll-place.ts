import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Thread } from '../stores/threads.js'

/** Nearer to the end than this counts as reading the end. */
const endPx = 48

/** The scrolling of one transcript. */
export interface ScrollState {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly isAtBottom: boolean
  readonly onScroll: () => void
  /** Entries above are about to come in; whoever reads keeps his line. */
  readonly hold: () => void
  readonly toBottom: () => void
}

/**
 * Comes back to where the reader was; stays at the end when he was there; and keeps the line he reads where it is when entries come in above.
 * The browser's own anchoring is off: WebKit has none, and it fights with ours.
 *
 * @param firstOrder Order of the first entry drawn.
 */
export function useScrollPlace(thread: Thread, firstOrder: number | undefined): ScrollState {
  const scroller = useRef<HTMLDivElement>(null)
  const drawnFirst = useRef(firstOrder)
  const [isAtBottom, setAtBottom] = useState(thread.scroll.isAtBottom)
  // Measured while the old page still stands: after the drawing it is too late to know where the line was.
  const line = firstOrder === drawnFirst.current ? null : lineInView(scroller.current)

  const settle = (): void => {
    const element = scroller.current
    if (element && thread.scroll.isAtBottom) element.scrollTop = element.scrollHeight
  }

  useLayoutEffect(() => {
    const element = scroller.current
    if (element && !thread.scroll.isAtBottom) element.scrollTop = thread.scroll.topPx
  }, [thread])

  useLayoutEffect(() => {
    drawnFirst.current = firstOrder
    if (line && scroller.current && !thread.scroll.isAtBottom) scroller.current.scrollTop += line.element.getBoundingClientRect().top - line.topPx
    settle()
  })

  useEffect(() => {
    const element = scroller.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(settle)
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [thread])

  return {
    scroller,
    isAtBottom,
    onScroll: () => {
      const element = scroller.current
      if (!element) return
      thread.scroll.topPx = element.scrollTop
      thread.scroll.isAtBottom = element.scrollHeight - element.clientHeight - element.scrollTop <= endPx
      setAtBottom(thread.scroll.isAtBottom)
    },
    hold: () => {
      thread.scroll.isAtBottom = false
    },
    toBottom: () => {
      thread.scroll.isAtBottom = true
      setAtBottom(true)
      settle()
    }
  }
}

/** The first row that the reader sees, and where it stands. */
function lineInView(scroller: HTMLElement | null): { readonly element: Element; readonly topPx: number } | null {
  if (!scroller) return null
  const { top } = scroller.getBoundingClientRect()
  const element = [...scroller.querySelectorAll('li')].find((row) => row.getBoundingClientRect().bottom > top)
  return element ? { element, topPx: element.getBoundingClientRect().top } : null
}
