import type { RefObject } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Nearer to the end than this counts as being there. */
const nearPx = 48
/** Room above what is brought into sight. */
const marginPx = 16

/** A scroller that follows its end, unless the reader has gone up. */
export interface Scrolling {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  readonly overflows: boolean
  readonly toBottom: () => void
  /** Brings an element to the top of what can be seen, and moves nothing but this scroller. */
  readonly toTopOf: (element: Element | null | undefined) => void
}

/** What the scroller shows. */
export interface ScrollDetails {
  /** False while something else than the newest message is the matter, such as a form. */
  readonly isSticky: boolean
  /** First and last row: when they change, what the reader looks at stays where it is. */
  readonly firstId: string | undefined
  readonly lastId: string | undefined
  /** The reader has come to the end, or left it. */
  readonly onPlace: (isAtBottom: boolean) => void
}

export function useStickToBottom({ isSticky, firstId, lastId, onPlace }: ScrollDetails): Scrolling {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const place = useRef({ isStuck: true, fromBottom: 0, isHidden: true, isSticky })
  const [overflows, setOverflows] = useState(false)
  place.current.isSticky = isSticky

  const onScroll = useCallback(() => {
    const element = scrollBox(scroller.current)
    if (!element || element.clientHeight === 0) return
    const { scrollHeight, scrollTop, clientHeight } = element
    const isNear = scrollHeight - scrollTop - clientHeight <= nearPx
    place.current.isStuck = isNear
    place.current.fromBottom = scrollHeight - scrollTop
    onPlace(isNear)
    setOverflows(scrollHeight > clientHeight + 1)
  }, [])

  const settle = useCallback((keepsPlace: boolean) => {
    const element = scrollBox(scroller.current)
    if (!element) return
    const { isStuck, fromBottom, isHidden } = place.current
    // A hidden element has forgotten where it was scrolled to.
    const isBack = isHidden && element.clientHeight > 0
    place.current.isHidden = element.clientHeight === 0
    if (isStuck && place.current.isSticky) element.scrollTop = element.scrollHeight
    else if (keepsPlace || isBack) element.scrollTop = element.scrollHeight - fromBottom
    onScroll()
  }, [])

  useEffect(() => {
    const observer = new ResizeObserver(() => settle(false))
    observer.observe(scroller.current!)
    observer.observe(content.current!)
    const view = viewOf(scroller.current!)
    view?.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => {
      observer.disconnect()
      view?.removeEventListener('scroll', onScroll, { capture: true })
    }
  }, [])

  const previousFirst = useRef(firstId)
  useLayoutEffect(() => {
    settle(!isSticky || previousFirst.current !== firstId)
    previousFirst.current = firstId
  }, [firstId, lastId])

  const toBottom = useCallback(() => {
    place.current.isStuck = true
    settle(false)
  }, [])

  const toTopOf = useCallback((element: Element | null | undefined) => {
    const box = scrollBox(scroller.current)
    if (box && element) box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - marginPx
  }, [])

  return { scroller, content, overflows, toBottom, toTopOf }
}

/** In a very low panel the sheet lets the whole view scroll instead of the part between header and composer. */
function scrollBox(scroller: HTMLElement | null): HTMLElement | null {
  return scroller && getComputedStyle(scroller).overflowY === 'visible' ? viewOf(scroller) : scroller
}

function viewOf(scroller: HTMLElement): HTMLElement | null {
  return scroller.closest('[data-part="view"]')
}
