import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { createScrollPlace, viewOf } from './scroll-place.js'

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
  const [overflows, setOverflows] = useState(false)
  const previousFirst = useRef(firstId)
  const place = useMemo(
    () =>
      createScrollPlace(scroller, (isAtBottom, isOverflowing) => {
        onPlace(isAtBottom)
        setOverflows(isOverflowing)
      }),
    []
  )
  place.setSticky(isSticky)

  useEffect(() => {
    const observer = new ResizeObserver(() => place.settle(false))
    observer.observe(scroller.current!)
    observer.observe(content.current!)
    const view = viewOf(scroller.current!)
    view?.addEventListener('scroll', place.read, { capture: true, passive: true })
    return () => {
      observer.disconnect()
      view?.removeEventListener('scroll', place.read, { capture: true })
    }
  }, [])

  useLayoutEffect(() => {
    place.settle(!isSticky || previousFirst.current !== firstId)
    previousFirst.current = firstId
  }, [firstId, lastId])

  return { scroller, content, overflows, toBottom: place.toBottom, toTopOf: place.toTopOf }
}
