import { useStore } from '@porchlight/ui'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import { usePanel } from '../panel/panel-context.js'

/** A message counts as read when it was in sight of somebody for this long. */
const readAfterMs = 1_000

/** Marks as read what has been on screen, in a page that has the focus, for a second. */
export function useMarkRead(isNewestVisible: boolean, scroller: RefObject<HTMLElement | null>): void {
  const { chat, opening } = usePanel()
  const unread = useStore(chat.$unread)
  useEffect(() => {
    if (!opening || !isNewestVisible || unread === 0) return
    let timer: ReturnType<typeof setTimeout>
    const look = () => {
      clearTimeout(timer)
      if (document.hasFocus() && document.visibilityState === 'visible' && isOnScreen(scroller.current))
        timer = setTimeout(chat.markRead, readAfterMs)
    }
    const stopping = new AbortController()
    const { signal } = stopping
    for (const type of ['focus', 'blur', 'scroll'] as const) addEventListener(type, look, { signal, passive: true })
    document.addEventListener('visibilitychange', look, { signal })
    look()
    return () => {
      stopping.abort()
      clearTimeout(timer)
    }
  }, [chat, opening, isNewestVisible, unread])
}

/** An inline panel may stand further down the page. */
function isOnScreen(element: HTMLElement | null): boolean {
  if (!element) return false
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}
