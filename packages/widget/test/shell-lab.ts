import './page-stubs.js'
import { createMemoryBackend, type MemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
import type { ChatAdapter } from '@porchlight/core'
import { vi } from 'vitest'
import en from '../locales/en.json'
import ru from '../locales/ru.json'
import type { Panel, PanelHost } from '../src/panel/panel.types.js'
import { createWidget } from '../src/shell/create-widget.js'
import { joinFloating } from '../src/shell/session/join-floating.js'
import type { ChatElement, Light, LoadChunk, Source } from '../src/shell/shell.types.js'
import type { ChatWidget } from '../src/shell/widget.types.js'

// jsdom reflects `part` to no attribute, and has no offset parents and no constructed sheets to speak of.
Object.defineProperty(Element.prototype, 'part', {
  configurable: true,
  get(this: Element) {
    return this.getAttribute('part')
  },
  set(this: Element, part: string) {
    this.setAttribute('part', part)
  }
})

/** A floating widget in a page, with all its parts stubbed. */
export interface ShellLab {
  readonly element: ChatElement
  readonly widget: ChatWidget
  readonly launcher: HTMLElement
  /** Names of the parts that were asked for. */
  readonly loaded: string[]
  readonly events: (readonly [event: string, detail: unknown])[]
  /** What was asked of the panel. */
  readonly panelCalls: (readonly unknown[])[]
  readonly panelHost: () => PanelHost
  readonly backend: MemoryBackend
  readonly readLight: ReturnType<typeof vi.fn<(language: string) => Promise<Light>>>
}

export interface ShellLabOptions {
  readonly data?: Readonly<Record<string, string>>
  readonly light?: (language: string) => Promise<Light>
  /** Parts that do not load. */
  readonly broken?: readonly string[]
  readonly scope?: string
  /** How the backend answers attempts to connect. Default: as one in the same process. */
  readonly connect?: ChatAdapter['connect']
  /** The panel takes the focus even when a script opens it, as browsers do that show a dialog. */
  readonly takesFocus?: boolean
}

export const online: Light = { rev: 1, state: 'online', reason: 'available', text: 'Agents are available now' }

const events = [
  'ready',
  'error',
  'opened',
  'closed',
  'shown',
  'hidden',
  'availability',
  'connection',
  'unread',
  'consent',
  'message:received',
  'message:sent',
  'conversation:started',
  'conversation:assigned',
  'conversation:ended'
]
const labs: ChatWidget[] = []

/** Makes a widget as the script tag does. */
export function makeWidget({
  data = {},
  light = async () => online,
  broken = [],
  scope = 'chat.example.com:shop',
  connect,
  takesFocus = false
}: ShellLabOptions = {}): ShellLab {
  const element: ChatElement = document.createElement('porchlight-chat')
  const lab = { loaded: [] as string[], events: [] as [string, unknown][], panelCalls: [] as unknown[][] }
  const readLight = vi.fn(light)
  const backend = createMemoryBackend()
  let host: PanelHost | undefined
  Object.assign(element.dataset, data)
  for (const event of events) {
    element.addEventListener(`porchlight:${event}`, (dispatched) => lab.events.push([event, (dispatched as CustomEvent).detail]))
  }

  function mountPanel(given: PanelHost): Panel {
    host = given
    const field = document.createElement('textarea')
    const note =
      (name: string) =>
      (...details: unknown[]) =>
        void lab.panelCalls.push([name, ...details])
    return {
      show(how) {
        lab.panelCalls.push(['show', how])
        given.root.append(field)
        if (takesFocus || how.openedBy !== 'script') field.focus()
      },
      hide() {
        lab.panelCalls.push(['hide'])
        field.remove()
      },
      update: note('update'),
      destroy: note('destroy')
    }
  }

  const parts: Readonly<Record<string, unknown>> = {
    headless: {
      join: (source: Source, act: Event | undefined) =>
        joinFloating({ source, act, load: source.load, adapterOf: () => ({ ...memoryAdapter({ backend, scope }), ...(connect && { connect }) }) })
    },
    panel: { mountPanel, catalogue: en },
    ru: { catalogue: ru }
  }
  const load = async (name: string): Promise<unknown> => {
    lab.loaded.push(name)
    if (broken.includes(name)) throw new TypeError('failed to fetch')
    return parts[name]
  }
  const widget = createWidget({
    element,
    load: load as LoadChunk,
    key: `porchlight:${scope}`,
    readLight: async (language) => (element.dataset['light'] === 'off' ? undefined : readLight(language))
  })
  labs.push(widget)
  return {
    ...lab,
    element,
    widget,
    readLight,
    launcher: element.shadowRoot!.querySelector<HTMLElement>('[part="launcher"]')!,
    backend,
    panelHost: () => host!
  }
}

/** Destroys every widget of the test. */
export function closeWidgets(): void {
  for (const widget of labs.splice(0)) widget.destroy()
  localStorage.clear()
  sessionStorage.clear()
}

/** Lets promises that are due settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
