import type { ChatAdapter } from '@porchlight/core'
import en from '../locales/en.json'
import { mountPanel } from './panel/mount-panel.js'
import { createWidget } from './shell/create-widget.js'
import { createSession } from './shell/session/create-session.js'
import { joinFloating } from './shell/session/join-floating.js'
import { writeAttributes } from './shell/session/read-options.js'
import { upgradeInline } from './shell/session/upgrade-inline.js'
import type { Catalogue, ChatElement, HeadlessChunk, LoadChunk, PanelChunk } from './shell/shell.types.js'
import { watchRemoval } from './shell/watch-removal.js'
import type { ChatWidget, WidgetOptions } from './shell/widget.types.js'

/** Options of {@link mountChat}. */
export interface MountChatOptions extends WidgetOptions {
  /** The backend to talk to. */
  readonly adapter: ChatAdapter
  /** Where to draw the chat in the page's own layout. Default: floating in the corner of the window, behind a launcher. */
  readonly element?: HTMLElement | undefined
}

/** Longest wait for an answer about who is home. */
const lightTimeoutMs = 10_000
const tag = 'porchlight-chat'

/** Languages that come when they are needed; English is in the panel. */
const languages: Readonly<Record<string, () => Promise<{ readonly default: Catalogue }>>> = {
  pl: () => import('../locales/pl.json'),
  ru: () => import('../locales/ru.json')
}

/**
 * Puts a chat on the page: the same widget as the script tag's, on any adapter. Call it in a browser; importing it in Node touches
 * nothing.
 *
 * Nothing is stored or connected before somebody opens the chat, unless this browser already has one. Give `element` to have it in
 * the page's own layout instead of a corner; what stands in the element is shown until the chat is there.
 *
 * @returns The verbs of the widget. `destroy()` leaves nothing behind.
 *
 * @example
 * ```ts
 * import { porchlightAdapter } from '@porchlight/adapters/porchlight'
 * import { mountChat } from '@porchlight/widget'
 *
 * const chat = mountChat({ adapter: porchlightAdapter({ server: 'https://chat.example.com', site: 'shop' }), color: '#0b7a4b' })
 * chat.on('unread', ({ count }) => console.log(count))
 * await chat.open()
 * chat.destroy()
 * ```
 */
export function mountChat({ adapter, element, ...options }: MountChatOptions): ChatWidget {
  const load = loaderOf(adapter)
  if (element) return mountInline(element, options, (host) => upgradeInline({ element: host, adapter, load, createSession }))
  const host = hostElement(options)
  const widget = createWidget({
    element: host,
    load,
    key: `porchlight:${adapter.scope}`,
    readLight: async (language) => {
      if (host.dataset['light'] === 'off') return
      return adapter.light?.(AbortSignal.timeout(lightTimeoutMs), language, host.dataset['department'])
    }
  })
  return withStop(
    widget,
    watchRemoval(host, () => host.left?.())
  )
}

function mountInline(container: HTMLElement, options: WidgetOptions, upgrade: (host: ChatElement) => ChatWidget): ChatWidget {
  const host: ChatElement = document.createElement(tag)
  writeAttributes(host, options)
  host.append(...container.childNodes)
  const widget = upgrade(host)
  container.append(host)
  return withStop(widget, () => host.replaceWith(...host.childNodes))
}

/** The element of a floating widget, with its options. */
function hostElement(options: WidgetOptions): ChatElement {
  const host: ChatElement = document.createElement(tag)
  for (const [name, value] of Object.entries(options)) if (value !== undefined) host.dataset[name] = value
  return host
}

/** The widget's `destroy`, and then ours. */
function withStop(widget: ChatWidget, stop: () => void): ChatWidget {
  const { destroy } = widget
  return Object.assign(widget, {
    destroy() {
      destroy()
      stop()
    }
  })
}

/** Everything is here but the languages. */
function loaderOf(adapter: ChatAdapter): LoadChunk {
  const panel: PanelChunk = { mountPanel, catalogue: en }
  const headless: HeadlessChunk = {
    join: (source, act) => joinFloating({ source, act, load: source.load, adapterOf: () => adapter }),
    upgrade: async (element, load) => void upgradeInline({ element, adapter, load, createSession })
  }
  const load = async (name: string): Promise<unknown> => {
    if (name === 'headless') return headless
    if (name === 'panel') return panel
    return { catalogue: (await languages[name]!()).default }
  }
  return load as LoadChunk
}
