import { dispatch } from '../dispatch.js'
import { createListeners } from '../listeners.js'
import type { ChatWidget } from '../widget.types.js'
import { writeAttributes } from './read-options.js'
import type { MutableWidget } from './session.types.js'

/** An inline widget's chat, while it may have one. */
export interface InlineStage {
  /** Who is home, as far as it is known before there is a connection. */
  readonly availability: () => ReturnType<ChatWidget['availability']>
  readonly stop: () => void
}

/** What stands behind the verbs. */
export interface InlineLife extends Pick<InlineStage, 'availability'> {
  /** Carries out what the options say. */
  readonly apply: () => void
  readonly end: () => void
}

const chatVerbs = ['open', 'toggle', 'newMessage', 'send', 'leaveRequest'] as const

/** The verbs of an inline widget that work without a chat; a session puts its own in the place of the others. */
export function inlineVerbs(element: HTMLElement, { apply, availability, end }: InlineLife): MutableWidget {
  const widget: Partial<MutableWidget> = {
    ...createListeners(element),
    close() {},
    show() {
      element.hidden = false
      dispatch(element, 'shown')
    },
    hide() {
      element.hidden = true
      dispatch(element, 'hidden')
    },
    update(options) {
      writeAttributes(element, options)
      apply()
    },
    availability,
    unreadCount: () => 0,
    reset: async () => 0,
    consent(granted) {
      dispatch(element, 'consent', { granted })
      widget.update!({ consent: `${granted}` } as object)
    },
    destroy: end,
    push: (...calls) => calls.map(([verb, ...details]) => callVerb(widget, verb, details))
  }
  for (const verb of chatVerbs) widget[verb] = async () => undefined as never
  widget.ready = Promise.resolve().then(() => {
    dispatch(element, 'ready')
    return widget as MutableWidget
  })
  return widget as MutableWidget
}

function callVerb(widget: object, verb: string, details: readonly unknown[]): unknown {
  const call: unknown = Reflect.get(widget, verb)
  return typeof call === 'function' ? call(...details) : undefined
}
