import type { Chat } from '@porchlight/core'
import type { ChatWidget } from '../widget.types.js'
import { knownAvailability } from './follow-availability.js'
import type { Opening } from './opening.js'
import type { MutableWidget } from './session.types.js'

/** What the verbs are made of. */
export interface VerbDetails {
  readonly element: HTMLElement
  readonly launcher: HTMLElement | undefined
  readonly chat: Chat
  readonly opening: Opening
  /** The verbs that these take the place of. */
  readonly first: ChatWidget
  readonly emit: (event: string, detail?: unknown) => void
  readonly connect: () => Promise<void>
  /** Whether there is anything to forget. */
  readonly hasBegun: () => boolean
  /** Clears all but a chat in progress. */
  readonly refuse: () => Promise<void>
  readonly updated: () => void
  /** What the user did to bring the call about. */
  readonly takeAct: () => Event | undefined
  readonly destroy: () => void
}

/** The verbs of a widget that has a chat. */
export function sessionVerbs(details: VerbDetails): Partial<MutableWidget> {
  const { element, launcher, chat, opening, first, emit, connect, hasBegun, refuse, updated, takeAct, destroy } = details

  async function open(view?: string): Promise<void> {
    const act = takeAct()
    if (launcher && opening.isOpen() && act?.composedPath().includes(launcher)) return opening.close()
    if ('hidden' in element.dataset) first.show()
    void connect()
    return opening.open(act, view === 'chat' || view === 'request' ? view : undefined)
  }

  return {
    open,
    close: opening.close,
    toggle: async () => (opening.isOpen() ? opening.close() : open()),
    hide() {
      opening.close()
      first.hide()
    },
    update(options) {
      first.update(options)
      updated()
    },
    newMessage(text) {
      chat.setDraft(text)
      return open('chat')
    },
    send(text) {
      void connect()
      return chat.send(text)
    },
    leaveRequest(fields) {
      if (fields) chat.editRequest(fields)
      return open('request')
    },
    async reset() {
      if (!hasBegun()) return 0
      opening.close()
      const dropped = await chat.reset()
      // A floating widget is as before the first open again: its launcher asks by itself who is home.
      if (launcher) {
        destroy()
        first.update({})
      }
      return dropped
    },
    availability() {
      const { at, ...availability } = knownAvailability(chat)
      return at > 0 ? { ...availability, age: Date.now() - at } : first.availability()
    },
    unreadCount: () => chat.$unread.get(),
    consent(granted) {
      if (granted) return first.consent(true)
      element.setAttribute(launcher ? 'data-consent' : 'consent', 'false')
      emit('consent', { granted })
      void refuse()
    },
    destroy() {
      destroy()
      first.destroy()
    }
  }
}
