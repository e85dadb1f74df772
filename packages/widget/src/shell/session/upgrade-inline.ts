import type { ChatAdapter } from '@porchlight/core'
import { dispatch } from '../dispatch.js'
import { createListeners } from '../listeners.js'
import type { ChatElement, Light, LoadChunk } from '../shell.types.js'
import { adoptSheet } from './adopt-sheet.js'
import { createSession } from './create-session.js'
import { hasVisited } from './has-visited.js'
import css from './inline.css'
import { markPrivate } from './mark-private.js'
import { attributeOptions, type RawOptions } from './read-options.js'
import type { MutableWidget } from './session.types.js'

/** How far from the window's edge the panel's code is fetched. */
const nearMargin = '300px'

/** What an inline widget is made of. */
export interface InlineDetails {
  readonly element: ChatElement
  readonly adapter: ChatAdapter
  readonly load: LoadChunk
}

/**
 * Makes an inline widget of an element. What the page wrote inside stays until the panel's code is there, which is fetched when
 * the element comes near the window. Nothing is stored or connected before somebody puts the focus or a finger into it.
 */
export function upgradeInline({ element, adapter, load }: InlineDetails): MutableWidget {
  const life = new AbortController()
  const changes: RawOptions = {}
  const widget = inlineVerbs(element, changes)
  let state: Light['state'] | undefined

  const session = createSession({
    element,
    widget,
    adapter,
    load,
    options: () => ({ ...attributeOptions(element), ...changes }),
    root: () => openRoot(element),
    showLight(light) {
      if (light.state !== state) dispatch(element, 'availability', widget.availability())
      state = light.state
    },
    ended() {
      life.abort()
      // What the page wrote inside is shown again.
      element.shadowRoot?.replaceChildren(document.createElement('slot'))
      delete element.chat
      delete element.left
    }
  })

  element.chat = widget
  element.left = () => requestAnimationFrame(() => element.isConnected || widget.destroy())
  whenNear(element, life.signal, () => {
    session.mount().then(
      () => hasVisited(adapter.scope) && session.engage(),
      () => dispatch(element, 'error', { code: 'network' })
    )
  })
  whenEngaged(element, life.signal, session.engage)
  observeAttributes(element, life.signal, () => widget.update({}))
  return widget
}

function openRoot(element: HTMLElement): ShadowRoot {
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
  root.replaceChildren()
  root.adoptedStyleSheets = []
  adoptSheet(root, css)
  markPrivate(element)
  return root
}

function whenNear(element: HTMLElement, signal: AbortSignal, isNear: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      isNear()
    },
    { rootMargin: nearMargin }
  )
  observer.observe(element)
  signal.addEventListener('abort', () => observer.disconnect())
}

/** The first touch or focus in what the panel draws, not in what the page wrote. */
function whenEngaged(element: HTMLElement, signal: AbortSignal, engage: () => void): void {
  const heard = new AbortController()
  const first = () => {
    if (!element.shadowRoot) return
    heard.abort()
    engage()
  }
  for (const type of ['focusin', 'pointerdown']) element.addEventListener(type, first, { signal: heard.signal })
  signal.addEventListener('abort', () => heard.abort())
}

function observeAttributes(element: HTMLElement, signal: AbortSignal, changed: () => void): void {
  const observer = new MutationObserver(changed)
  observer.observe(element, { attributes: true, attributeFilter: ['locale', 'color', 'scheme'] })
  signal.addEventListener('abort', () => observer.disconnect())
}

/** The verbs of an inline widget that work without a chat; a session adds the others. */
function inlineVerbs(element: HTMLElement, changes: object): MutableWidget {
  const emit = (event: string, detail?: unknown) => dispatch(element, event, detail)
  const widget: Partial<MutableWidget> = {
    ...createListeners(element),
    show() {
      element.hidden = false
      emit('shown')
    },
    hide() {
      element.hidden = true
      emit('hidden')
    },
    update: (options) => void Object.assign(changes, options),
    availability: () => ({ state: 'unknown', age: Number.POSITIVE_INFINITY }),
    consent: (granted) => emit('consent', { granted }),
    destroy: () => {},
    push: (...calls) => calls.map(([verb, ...details]) => callVerb(widget, verb, details))
  }
  widget.ready = Promise.resolve().then(() => {
    emit('ready')
    return widget as MutableWidget
  })
  return widget as MutableWidget
}

function callVerb(widget: object, verb: string, details: readonly unknown[]): unknown {
  const call: unknown = Reflect.get(widget, verb)
  return typeof call === 'function' ? call(...details) : undefined
}
