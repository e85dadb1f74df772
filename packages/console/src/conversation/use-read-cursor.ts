import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import type { Thread } from '../stores/threads.js'

/** Seen for this long counts as read. */
const readMs = 1_000

/** Says that the newest entry was read, once it has been at the end of a visible, focused view for a second. */
export function useReadCursor(
  thread: Thread,
  view: RefObject<HTMLElement | null>,
  newest: { readonly order: number; readonly isAtBottom: boolean }
): void {
  const { order, isAtBottom } = newest
  useLayoutEffect(() => {
    if (order === 0 || !isAtBottom) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      clearTimeout(timer)
      if (!isSeen(view.current)) return
      timer = setTimeout(() => {
        thread.markRead(order)
      }, readMs)
    }
    look()
    const events = ['focus', 'blur', 'resize'] as const
    for (const name of events) window.addEventListener(name, look)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      for (const name of events) window.removeEventListener(name, look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [thread, order, isAtBottom, view])
}

function isSeen(view: HTMLElement | null): boolean {
  if (view === null || document.visibilityState !== 'visible' || !document.hasFocus()) return false
  return view.checkVisibility?.() ?? true
}
