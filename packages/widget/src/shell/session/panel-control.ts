import type { OpenedBy, Panel, PanelChat, PanelOptions, View } from '../../panel/panel.types.js'
import type { ChatElement, LoadChunk } from '../shell.types.js'
import { loadTexts, type Texts } from './load-texts.js'
import { panelOptions, type RawOptions } from './read-options.js'

/** What the panel is mounted with. */
export interface PanelControlDetails {
  readonly chat: PanelChat
  readonly element: ChatElement
  /** Where to draw; asked for when the panel's code is there. */
  readonly root: () => ShadowRoot
  readonly launcher?: HTMLElement | undefined
  readonly options: () => RawOptions
  readonly load: LoadChunk
  readonly close: () => void
}

/** The panel, from the moment that its code is asked for. */
export interface PanelControl {
  /** Draws the panel, hidden, if that was not done. Rejects when its code does not load. */
  readonly mount: () => Promise<void>
  readonly show: (openedBy: OpenedBy, view?: View) => void
  readonly hide: () => void
  /** Options have changed; another language is loaded first. */
  readonly update: () => void
  /** A text of the panel's language; undefined until the panel is there. */
  readonly text: (key: string) => string | undefined
  readonly destroy: () => void
}

/** Loads, draws and drives the panel. */
export function createPanelControl({ load, options, launcher, root, ...host }: PanelControlDetails): PanelControl {
  let panel: Panel | undefined
  let mounting: Promise<void> | undefined
  let texts: Texts | undefined
  let isDestroyed = false

  async function currentOptions(): Promise<PanelOptions> {
    const english = load('panel').then(({ catalogue }) => catalogue)
    texts = await loadTexts(load, options(), english)
    return panelOptions(options(), texts)
  }

  async function draw(): Promise<void> {
    const [{ mountPanel }, current] = await Promise.all([load('panel'), currentOptions()])
    if (isDestroyed) return
    panel = mountPanel({ ...host, root: root(), presentation: launcher ? 'floating' : 'inline', options: current })
  }

  return {
    mount() {
      mounting ??= draw().catch((error: unknown) => {
        mounting = undefined
        throw error
      })
      return mounting
    },
    show: (openedBy, view) => panel?.show(view ? { view, openedBy } : { openedBy }),
    hide: () => panel?.hide(),
    update() {
      if (panel) void currentOptions().then((current) => panel?.update(current))
    },
    text(key) {
      const text = texts?.catalogue[key]
      return typeof text === 'string' ? text : undefined
    },
    destroy() {
      isDestroyed = true
      panel?.destroy()
    }
  }
}
