import { pageScheme } from './page-scheme.js'
import type { PanelOptions } from './panel.types.js'

/** The elements around what Preact draws. */
export interface Frame {
  /** Everything of the panel; carries language, direction and palette. */
  readonly root: HTMLElement
  /** The dialog, or the region of an inline panel. */
  readonly panel: HTMLElement
  /** Where Preact draws. */
  readonly content: HTMLElement
  /** Name of the slot for live regions that stand in the page. */
  readonly voiceSlot: string
  readonly update: (options: PanelOptions, direction: 'ltr' | 'rtl') => void
}

/** The id of the title that names the panel; ids count within the shadow root. */
export const titleId = 'porchlight-title'

const voiceSlot = 'porchlight-announcer'

/** Makes the elements that stay for as long as the panel is mounted. */
export function createFrame(shadow: ShadowRoot, isInline: boolean): Frame {
  const root = part('root', 'div')
  const panel = part('panel', isInline ? 'section' : 'dialog')
  const content = part('content', 'div')
  const hidden = part('hidden', 'div')
  const slot = document.createElement('slot')
  slot.name = voiceSlot
  hidden.append(slot)
  panel.setAttribute('part', 'panel')
  panel.setAttribute('aria-labelledby', titleId)
  if (isInline) panel.dataset['place'] = 'inline'
  panel.append(content)
  root.append(panel, hidden)
  shadow.append(root)
  return {
    root,
    panel,
    content,
    voiceSlot,
    update({ locale, scheme, position }, direction) {
      // Neither `direction` nor `lang` of the host element reaches every selector in every engine.
      root.lang = locale
      root.dir = direction
      root.dataset['side'] = position
      root.dataset['scheme'] = scheme === 'auto' ? (pageScheme() ?? 'auto') : scheme
    }
  }
}

function part(name: string, tag: 'div' | 'section' | 'dialog'): HTMLElement {
  const element = document.createElement(tag)
  element.dataset['part'] = name
  return element
}
