import { dispatch } from '../dispatch.js'
import { leadAway } from '../lead-away.js'
import { readKept } from '../read-kept.js'
import type { Emit } from '../shell.types.js'
import { followAvailability } from './follow-availability.js'
import { followUnread } from './follow-unread.js'
import { forgetChat } from './forget-chat.js'
import { hasVisited } from './has-visited.js'
import { joinChat } from './join-chat.js'
import { createOpenState } from './open-state.js'
import { createOpening } from './opening.js'
import { createPanelControl } from './panel-control.js'
import { localeOf, mayRun } from './read-options.js'
import type { ChatSession, SessionDetails } from './session.types.js'
import { sessionVerbs } from './session-verbs.js'
import { showFailure } from './show-failure.js'

/** Elements whose visitor has refused: what is kept is cleared once, whoever writes something again. */
const refused = new WeakSet<Element>()

/**
 * Gives a widget its chat. Nothing is stored or connected before the first verb that needs it, or before somebody engages with an
 * inline widget.
 */
export function createSession(details: SessionDetails): ChatSession {
  const { element, widget, adapter, options, root, launcher } = details
  const first = { ...widget }
  const life = new AbortController()
  const emit: Emit = (event, detail) => dispatch(element, event, detail)
  const language = () => localeOf(options()).language
  const joining = joinChat(details, emit)
  const { chat, connect } = joining
  let isLit = false
  let act: Event | undefined
  const panel = createPanelControl({ ...details, chat: joining.shown, close: () => widget.close() })
  const openState = createOpenState(adapter.scope)
  const opening = createOpening({ element, panel, launcher, changed, failed })
  const unread = launcher && followUnread({ chat, element, root: root(), launcher, language, isOpen: opening.isOpen })
  const stops = [panel.destroy, joining.stop]

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

  function destroy(): void {
    life.abort()
    if (launcher) openState.write(false)
    for (const stop of stops.splice(0)) stop()
    unread?.stop()
    Object.assign(widget, first)
    details.ended()
  }

  /** Whether there is anything to forget. */
  function hasBegun(): boolean {
    return chat.$connection.get().state !== 'idle' || readKept(`porchlight:${adapter.scope}`) !== ''
  }

  function takeAct(): Event | undefined {
    const taken = act ?? window.event
    act = undefined
    return taken
  }

  function updated(): void {
    if (mayRun(options())) {
      unread?.refresh()
      panel.update()
    } else destroy()
  }

  /** Clears all but a chat in progress. Without one everything is as before the first open again. */
  async function refuse(): Promise<void> {
    refused.add(element)
    if (hasBegun()) {
      await connect()
      if (!(await forgetChat(chat, openState)) || life.signal.aborted) return
    }
    opening.close()
    if (launcher || !mayRun(options())) destroy()
    first.update({})
  }

  function resume(): void {
    if (options()['consent'] === 'false' && !refused.has(element)) return void refuse()
    void connect()
    if (launcher && openState.shouldRestore()) void opening.open(undefined)
  }

  Object.assign(widget, sessionVerbs({ element, launcher, chat, opening, first, emit, connect, hasBegun, refuse, updated, takeAct, destroy }))
  window.addEventListener('pagehide', () => launcher && opening.isOpen() && openState.write(true), { signal: life.signal })

  return {
    connect() {
      const isRefusal = options()['consent'] === 'false' && !refused.has(element)
      if (!isRefusal && !hasVisited(adapter.scope) && !openState.shouldRestore()) return
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
