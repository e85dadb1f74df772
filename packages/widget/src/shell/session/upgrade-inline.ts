import type { ChatAdapter } from '@porchlight/core'
import type { Availability } from '@porchlight/protocol'
import { dispatch } from '../dispatch.js'
import type { ChatElement, Light } from '../shell.types.js'
import { adoptSheet } from './adopt-sheet.js'
import { createEarlyLight } from './early-light.js'
import { hasVisited } from './has-visited.js'
import css from './inline.css'
import { type InlineStage, inlineVerbs } from './inline-verbs.js'
import { markPrivate } from './mark-private.js'
import { previewChat } from './preview-chat.js'
import { attributeOptions, localeOf, mayRun } from './read-options.js'
import type { ChatSession, InlineDetails, UpgradeInline } from './session.types.js'
import { observeAttributes, watchNear, whenEngaged, whenIdle } from './watch-inline.js'

/** Longest wait for an answer about who is home. */
const lightTimeoutMs = 10_000

/**
 * Makes an inline widget of an element. What the page wrote inside stays until the panel's code is there, which is fetched when
 * the element comes near the window; there it also asks who is home, as a launcher does. Nothing is stored or connected before somebody puts the focus or a finger into it, and with
 * `privacy="off"` nothing happens before consent.
 */
export const upgradeInline: UpgradeInline = (details) => {
  const { element } = details
  const life = new AbortController()
  let stage: InlineStage | undefined

  const widget = inlineVerbs(element, {
    apply() {
      if (life.signal.aborted) return
      if (mayRun(attributeOptions(element))) stage ??= startChat(details, () => (stage = undefined))
      else stage?.stop()
    },
    availability: () => stage?.availability() ?? { state: 'unknown', age: Number.POSITIVE_INFINITY },
    end() {
      stage?.stop()
      life.abort()
      delete element.chat
      delete element.left
    }
  })

  element.chat = widget
  element.left = () => requestAnimationFrame(() => element.isConnected || widget.destroy())
  observeAttributes(element, life.signal, () => widget.update({}))
  widget.update({})
  return widget
}

/** From here on there is a chat, unconnected. */
function startChat({ element, adapter, load, createSession }: InlineDetails, ended: () => void): InlineStage {
  const life = new AbortController()
  let state: Light['state'] | undefined
  let isConnected = () => false

  const early = createEarlyLight({
    ask: () => askLight(element, adapter),
    isWanted: () => !isConnected(),
    signal: life.signal
  })

  function showLight(light: Pick<Light, 'state'>): void {
    if (light.state !== state) dispatch(element, 'availability', element.chat?.availability())
    state = light.state
  }

  const session = createSession({
    element,
    widget: element.chat!,
    adapter,
    load,
    options: () => attributeOptions(element),
    root: () => openRoot(element),
    preview(chat) {
      isConnected = () => chat.$connection.get().state !== 'idle'
      return previewChat(chat, early, () => !!element.shadowRoot?.activeElement)
    },
    showLight,
    ended() {
      life.abort()
      const root = element.shadowRoot
      // What the page wrote inside is shown again, as high as it is.
      if (root) root.adoptedStyleSheets = []
      root?.replaceChildren(document.createElement('slot'))
      ended()
    }
  })

  early.listen(() => isConnected() || showLight(early.get()))
  whenWanted(element, life.signal, () => void mountPanel(element, session, adapter.scope), early.setNear)
  whenEngaged(element, life.signal, session.engage)
  return {
    stop: session.destroy,
    availability() {
      const { at: _, ...availability } = early.get()
      return { ...availability, age: Date.now() - early.learnedAt() }
    }
  }
}

/** Draws the panel when the page wants it, and says from then on whether the element is near the window. */
function whenWanted(element: HTMLElement, signal: AbortSignal, draw: () => void, setNear: (isNear: boolean) => void): void {
  const { preload } = attributeOptions(element)
  let isDrawn = preload === 'idle'
  if (preload === 'never') {
    setNear(false)
    return
  }
  if (isDrawn) whenIdle(signal, draw)
  watchNear(element, signal, (isNear) => {
    if (isNear && !isDrawn) {
      isDrawn = true
      draw()
    }
    setNear(isNear)
  })
}

/** Who is home, asked without a session. Where a chat goes on at once its connection will tell. */
async function askLight(element: ChatElement, adapter: ChatAdapter): Promise<Availability | undefined> {
  const options = attributeOptions(element)
  if (options['light'] === 'off' || hasVisited(adapter.scope)) return
  return adapter.light?.(AbortSignal.timeout(lightTimeoutMs), localeOf(options).language, options['department'])
}

async function mountPanel(element: ChatElement, session: ChatSession, scope: string): Promise<void> {
  try {
    await session.mount()
  } catch {
    return dispatch(element, 'error', { code: 'network' })
  }
  if (hasVisited(scope)) session.engage()
}

function openRoot(element: HTMLElement): ShadowRoot {
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
  root.replaceChildren()
  root.adoptedStyleSheets = []
  adoptSheet(root, css)
  markPrivate(element)
  return root
}
