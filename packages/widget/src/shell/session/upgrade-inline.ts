import { dispatch } from '../dispatch.js'
import type { ChatElement, Light } from '../shell.types.js'
import { adoptSheet } from './adopt-sheet.js'
import { hasVisited } from './has-visited.js'
import css from './inline.css'
import { type InlineStage, inlineVerbs } from './inline-verbs.js'
import { markPrivate } from './mark-private.js'
import { attributeOptions, mayRun } from './read-options.js'
import type { ChatSession, InlineDetails, UpgradeInline } from './session.types.js'
import { observeAttributes, whenEngaged, whenIdle, whenNear } from './watch-inline.js'

/**
 * Makes an inline widget of an element. What the page wrote inside stays until the panel's code is there, which is fetched when
 * the element comes near the window. Nothing is stored or connected before somebody puts the focus or a finger into it, and with
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

  const session = createSession({
    element,
    widget: element.chat!,
    adapter,
    load,
    options: () => attributeOptions(element),
    root: () => openRoot(element),
    showLight(light) {
      if (light.state !== state) dispatch(element, 'availability', element.chat?.availability())
      state = light.state
    },
    ended() {
      life.abort()
      // What the page wrote inside is shown again.
      element.shadowRoot?.replaceChildren(document.createElement('slot'))
      ended()
    }
  })

  const { preload } = attributeOptions(element)
  const mount = () => void mountPanel(element, session, adapter.scope)
  if (preload === 'idle') whenIdle(life.signal, mount)
  else if (preload !== 'never') whenNear(element, life.signal, mount)
  whenEngaged(element, life.signal, session.engage)
  return { stop: session.destroy }
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
