import type { ChatWidget } from './widget.types.js'

declare global {
  interface Window {
    /** A queue of calls before the loader runs, a widget after it. */
    Porchlight?: unknown
  }
}

/** Whether a widget already answers to `window.Porchlight`. Markup can put elements there, but none that holds a promise. */
export function isTaken(): boolean {
  return (window.Porchlight as Partial<ChatWidget> | undefined)?.ready instanceof Promise
}

/** Puts the widget into the place of the page's queue, and carries out in order what was queued. */
export function takeQueue(widget: ChatWidget): void {
  const queue = window.Porchlight
  window.Porchlight = widget
  if (Array.isArray(queue)) widget.push(...queue)
}
