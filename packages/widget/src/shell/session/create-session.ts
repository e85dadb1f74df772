import { type Chat, createChat } from '@porchlight/core'
import { isChatError } from '@porchlight/protocol'
import { dispatch } from '../dispatch.js'
import { followAvailability } from './follow-availability.js'
import { followUnread } from './follow-unread.js'
import { hasVisited } from './has-visited.js'
import { createOpenState } from './open-state.js'
import { createOpening } from './opening.js'
import { createPanelControl } from './panel-control.js'
import { localeOf } from './read-options.js'
import { reportChat } from './report-chat.js'
import { reportEvents } from './report-events.js'
import type { ChatSession, SessionDetails } from './session.types.js'
import { sessionVerbs } from './session-verbs.js'
import { leadAway, showFailure } from './show-failure.js'

/**
 * Gives a widget its chat. Nothing is stored or connected before the first verb that needs it, or before somebody engages with an
 * inline widget.
 */
export function createSession(details: SessionDetails): ChatSession {
  const { element, widget, adapter, options, root, launcher } = details
  const first = { ...widget }
  const life = new AbortController()
  const emit = (event: string, detail?: unknown) => dispatch(element, event, detail)
  const language = () => localeOf(options()).language
  const chat = createChat({ adapter, locale: localeOf(options()).locale, onError: (error) => emit('error', { code: codeOf(error) }) })
  let isEngaged = launcher !== undefined
  let isNews = false
  let isLit = false
  let act: Event | undefined
  const panel = createPanelControl({ ...details, chat: engagedOnly(chat, () => isEngaged), close: () => widget.close() })
  const openState = createOpenState(adapter.scope)
  const opening = createOpening({ element, panel, launcher, changed, failed })
  const unread = launcher && followUnread({ chat, element, root: root(), launcher, language, isOpen: opening.isOpen })
  const stops = [reportChat(chat, emit, () => isNews), reportEvents(chat, emit, () => isNews), panel.destroy, chat.destroy]

  function changed(isOpen: boolean): void {
    if (!isLit) stops.push(followAvailability(chat, details.showLight, panel.text))
    isLit = true
    if (launcher) openState.write(isOpen)
    unread?.refresh()
    emit(isOpen ? 'opened' : 'closed')
  }

  function failed(retry: () => void): void {
    emit('error', { code: 'network' })
    const { fallbackHref } = options()
    if (launcher && fallbackHref) leadAway(launcher, fallbackHref)
    else if (launcher) showFailure(root(), language(), retry)
  }

  async function connect(): Promise<void> {
    isEngaged = true
    await chat.open()
    isNews = true
  }

  /** A refusal clears all but a chat in progress. Resolves to whether everything is cleared. */
  async function refuse(): Promise<boolean> {
    await connect()
    if (chat.$conversation.get()?.state === 'open') return false
    await chat.reset()
    return true
  }

  function destroy(): void {
    life.abort()
    if (launcher) openState.write(false)
    for (const stop of stops.splice(0)) stop()
    unread?.stop()
    Object.assign(widget, first)
    details.ended()
  }

  function takeAct(): Event | undefined {
    const taken = act ?? window.event
    act = undefined
    return taken
  }

  function updated(): void {
    unread?.refresh()
    panel.update()
  }

  function resume(): void {
    if (options()['consent'] === 'false') void widget.consent(false)
    else void connect()
    if (launcher && openState.shouldRestore()) void opening.open(undefined)
  }

  Object.assign(widget, sessionVerbs({ element, launcher, chat, opening, first, options, emit, connect, refuse, updated, takeAct, destroy }))
  window.addEventListener('pagehide', () => launcher && opening.isOpen() && openState.write(true), { signal: life.signal })

  return {
    connect() {
      if (!hasVisited(adapter.scope) && !openState.shouldRestore()) return
      if (document.hidden) document.addEventListener('visibilitychange', resume, { once: true, signal: life.signal })
      else resume()
    },
    async mount() {
      await panel.mount()
      panel.show('script')
    },
    engage() {
      void connect()
      changed(true)
    },
    act(event) {
      act = event
    },
    moved() {
      if (opening.isOpen()) panel.show('script')
    },
    destroy
  }
}

/** The panel connects when it is shown; an inline one is shown before anybody wants to talk. */
function engagedOnly(chat: Chat, isEngaged: () => boolean): Chat {
  return { ...chat, open: async () => (isEngaged() ? chat.open() : undefined) }
}

function codeOf(error: Error): string {
  return isChatError(error) ? error.code : 'internal'
}
