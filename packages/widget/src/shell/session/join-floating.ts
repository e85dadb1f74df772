import type { ChatAdapter } from '@porchlight/core'
import type { ChatElement, SessionSeam } from '../shell.types.js'
import { adoptSheet } from './adopt-sheet.js'
import { createSession } from './create-session.js'
import { markPrivate } from './mark-private.js'
import css from './session.css'
import type { ChatSession, MutableWidget } from './session.types.js'

const sessions = new WeakMap<ChatElement, ChatSession>()

/** The session of a floating widget: the same one until it ends. */
export function joinFloating(seam: SessionSeam, adapterOf: (element: ChatElement) => ChatAdapter): ChatSession {
  const { element, act } = seam
  // It may have been destroyed while this code was loading.
  if (!element.isConnected) throw new TypeError('the widget has ended')
  const session = sessions.get(element) ?? start(seam, adapterOf(element))
  session.act(act)
  return session
}

function start({ element, load, showLight }: SessionSeam, adapter: ChatAdapter): ChatSession {
  const options = element.dataset
  const root = element.shadowRoot!
  const { light } = options
  const { left } = element
  const removeSheet = adoptSheet(root, css)
  markPrivate(element)
  const session = createSession({
    element,
    load,
    adapter,
    widget: element.chat as MutableWidget,
    options: () => options,
    root: () => root,
    launcher: root.querySelector<HTMLElement>('[part="launcher"]')!,
    showLight(availability) {
      // The launcher's own question would only bring older answers from now on.
      options['light'] = 'off'
      showLight(availability)
    },
    ended() {
      sessions.delete(element)
      removeSheet()
      Object.assign(element, { left })
      if (light === undefined) delete options['light']
      else options['light'] = light
    }
  })
  element.left = () => {
    left?.()
    requestAnimationFrame(session.moved)
  }
  sessions.set(element, session)
  return session
}
