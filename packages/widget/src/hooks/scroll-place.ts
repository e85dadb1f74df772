import type { RefObject } from 'preact'

/** Nearer to the end than this counts as being there. */
const nearPx = 48
/** Room above what is brought into sight. */
const marginPx = 16

/** Where in a scroller the reader is, and how that is kept when something changes around them. */
export interface ScrollPlace {
  readonly setSticky: (isSticky: boolean) => void
  /** Learns where the reader has scrolled to. */
  readonly read: () => void
  /** After a change: goes on to the end if the reader was there; else keeps the distance from the end if `keepsPlace`. */
  readonly settle: (keepsPlace: boolean) => void
  readonly toBottom: () => void
  readonly toTopOf: (element: Element | null | undefined) => void
}

export function createScrollPlace(scroller: RefObject<HTMLElement | null>, onRead: (isAtBottom: boolean, overflows: boolean) => void): ScrollPlace {
  let isSticky = true
  let isStuck = true
  let isHidden = true
  let fromBottom = 0

  function read(): void {
    const box = scrollBox(scroller.current)
    if (!box || box.clientHeight === 0) return
    fromBottom = box.scrollHeight - box.scrollTop
    isStuck = fromBottom - box.clientHeight <= nearPx
    onRead(isStuck, box.scrollHeight > box.clientHeight + 1)
  }

  function settle(keepsPlace: boolean): void {
    const box = scrollBox(scroller.current)
    if (!box) return
    // A hidden element has forgotten where it was scrolled to.
    const isBack = isHidden && box.clientHeight > 0
    isHidden = box.clientHeight === 0
    if (isStuck && isSticky) box.scrollTop = box.scrollHeight
    else if (keepsPlace || isBack) box.scrollTop = box.scrollHeight - fromBottom
    read()
  }

  return {
    setSticky(next) {
      isSticky = next
    },
    read,
    settle,
    toBottom() {
      isStuck = true
      settle(false)
    },
    toTopOf: (element) => bringToTop(scrollBox(scroller.current), element)
  }
}

function bringToTop(box: HTMLElement | null, element: Element | null | undefined): void {
  if (box && element) box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - marginPx
}

/** In a very low panel the sheet lets the whole view scroll instead of the part between header and composer. */
function scrollBox(scroller: HTMLElement | null): HTMLElement | null {
  return scroller && getComputedStyle(scroller).overflowY === 'visible' ? viewOf(scroller) : scroller
}

/** The view that a scroller stands in. */
export function viewOf(scroller: HTMLElement): HTMLElement | null {
  return scroller.closest('[data-part="view"]')
}
