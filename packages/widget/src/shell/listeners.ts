import type { ChatWidget } from './widget.types.js'

/** Listening to the public events. The listeners are the element's own, so one that throws stops nobody else. */
export function createListeners(element: HTMLElement): Pick<ChatWidget, 'on' | 'once' | 'off'> {
  const wrapped = new Map<unknown, EventListener>()

  const listen =
    (once: boolean): ChatWidget['on'] =>
    (event, listener) => {
      if (!wrapped.get(listener)) wrapped.set(listener, (dispatched) => listener((dispatched as CustomEvent).detail))
      element.addEventListener(`porchlight:${event}`, wrapped.get(listener)!, { once })
      return () => off(event, listener)
    }

  const off: ChatWidget['off'] = (event, listener) => element.removeEventListener(`porchlight:${event}`, wrapped.get(listener)!)
  return { on: listen(false), once: listen(true), off }
}
