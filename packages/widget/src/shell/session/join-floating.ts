import { type ChatAdapter, createChat } from '@porchlight/core'
import type { ChatElement, LoadChunk, Session, Source } from '../shell.types.js'
import { adoptSheet } from './adopt-sheet.js'
import { createSession } from './create-session.js'
import { forgetChat } from './forget-chat.js'
import { markPrivate } from './mark-private.js'
import { createOpenState } from './open-state.js'
import { mayRun } from './read-options.js'
import css from './session.css'
import type { ChatSession, MutableWidget } from './session.types.js'

const sessions = new WeakMap<ChatElement, ChatSession>()
const never = (): Promise<undefined> => new Promise(() => undefined)
const noSession: Session = { connect() {} }

/** What a floating widget is joined with. */
export interface FloatingDetails {
  readonly source: Source
  /** The act of the user that led here. */
  readonly act: Event | undefined
  readonly load: LoadChunk
  readonly adapterOf: (element: ChatElement) => ChatAdapter
}

/**
 * The session of a floating widget: the same one until it ends. A widget that was destroyed while this code was loading gets none; one
 * that nobody has agreed to may only forget.
 */
export function joinFloating({ source, act, load, adapterOf }: FloatingDetails): Session {
  const { element } = source
  if (!element.chat) return noSession
  if (!mayRun(element.dataset)) return { connect: () => void forget(adapterOf(element)) }
  const session = sessions.get(element) ?? start(source, load, adapterOf(element))
  session.act(act)
  return session
}

/** Clears what an earlier page left, and ends with that. */
async function forget(adapter: ChatAdapter): Promise<void> {
  const chat = createChat({ adapter })
  await forgetChat(chat, createOpenState(adapter.scope))
  chat.destroy()
}

function start(source: Source, load: LoadChunk, adapter: ChatAdapter): ChatSession {
  const { element, readLight, showLight } = source
  const root = element.shadowRoot!
  const launcher = root.querySelector<HTMLElement>('[part="launcher"]')!
  const { left } = element
  const removeSheet = adoptSheet(root, css)
  markPrivate(element)
  calm(element, launcher)
  const session = createSession({
    element,
    load,
    adapter,
    widget: element.chat as MutableWidget,
    options: () => element.dataset,
    root: () => root,
    launcher,
    showLight(availability) {
      // The launcher's own question would only bring older answers from now on.
      source.readLight = never
      showLight?.(availability)
    },
    ended() {
      sessions.delete(element)
      removeSheet()
      Object.assign(element, { left })
      Object.assign(source, { readLight })
    }
  })
  element.left = () => {
    left?.()
    requestAnimationFrame(session.moved)
  }
  sessions.set(element, session)
  return session
}

/** Takes back that the launcher was busy, or asked for another try. */
function calm(element: ChatElement, launcher: HTMLElement): void {
  launcher.ariaBusy = 'false'
  if (!launcher.textContent) return
  launcher.textContent = ''
  element.chat!.update({})
}
