import './page-stubs.js'
import { act, type BoundFunctions, type queries, within } from '@testing-library/preact'
import en from '../locales/en.json'
import { mountPanel } from '../src/panel/mount-panel.js'
import type { OpenedBy, Panel, PanelOptions, Presentation, View } from '../src/panel/panel.types.js'
import { createFakeChat, type FakeChat, type FakeChatOptions } from './fake-chat.js'

/** A panel in a page, and what a test asks it. */
export interface PanelLab {
  readonly chat: FakeChat
  readonly panel: Panel
  readonly element: HTMLElement
  readonly root: ShadowRoot
  /** Queries over everything in the shadow root. */
  readonly ui: BoundFunctions<typeof queries>
  /** How often the panel asked to be closed. */
  readonly closings: () => number
  readonly focused: () => Element | null
  readonly type: (field: HTMLElement, text: string) => Promise<void>
  readonly press: (target: EventTarget, key: string, more?: KeyboardEventInit) => Promise<KeyboardEvent>
}

/** How a test's panel differs. */
export interface PanelLabOptions extends FakeChatOptions {
  readonly presentation?: Presentation
  readonly panelOptions?: Partial<PanelOptions>
  readonly openedBy?: OpenedBy | null
  readonly view?: View
}

const labs: PanelLab[] = []

/** Lets everything that is due be drawn. */
export async function settle(): Promise<void> {
  await act(async () => {})
}

/** Mounts a panel over a fake chat and opens it with the keyboard, unless told otherwise. */
export async function openPanel(options: PanelLabOptions = {}): Promise<PanelLab> {
  const { presentation = 'floating', openedBy = 'keyboard' } = options
  const chat = createFakeChat(options)
  const element = document.documentElement.appendChild(document.createElement('porchlight-chat'))
  const root = element.attachShadow({ mode: 'open' })
  let closings = 0
  const panelOptions: PanelOptions = { locale: 'en-GB', catalogue: en, scheme: 'auto', color: '#2456e6', position: 'end', ...options.panelOptions }
  const close = () => {
    closings++
    panel.hide()
  }
  let panel!: Panel
  await act(() => {
    panel = mountPanel({ chat, element, root, presentation, options: panelOptions, close })
  })
  const lab: PanelLab = {
    ...{ chat, panel, element, root, closings: () => closings, focused: () => root.activeElement },
    ui: within(root.querySelector<HTMLElement>('[data-part="root"]')!),
    async type(field, text) {
      const control = field as HTMLTextAreaElement
      control.value = text
      await act(async () => {
        control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
      })
    },
    async press(target, key, more = {}) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more })
      await act(async () => {
        target.dispatchEvent(event)
      })
      return event
    }
  }
  labs.push(lab)
  if (openedBy) await act(async () => panel.show({ openedBy, ...(options.view && { view: options.view }) }))
  await settle()
  return lab
}

/** Takes every panel of the test away again. */
export function closePanels(): void {
  for (const { panel, element } of labs.splice(0)) {
    panel.destroy()
    element.remove()
  }
}
